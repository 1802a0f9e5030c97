import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { UsageReport } from '../usage/usage-report.service.js';

export class UsageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 90, default: 30, description: 'How many days back, today included.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(90)
  days: number = 30;
}

const SCOPES = ['balance', 'user_day', 'org_day', 'org_month'] as const;

export class SpendingWindowResponse {
  @ApiProperty({ enum: SCOPES, enumName: 'SpendingScope', description: '`user_day` is that of whoever asks.' })
  scope!: (typeof SCOPES)[number];

  @ApiProperty({ type: Number, nullable: true, description: 'Null: no limit. For the balance: what was paid in.' })
  limitMicroUsd!: number | null;

  @ApiProperty()
  spentMicroUsd!: number;

  @ApiProperty({ description: 'Set aside for model calls that are being made.' })
  reservedMicroUsd!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  resetsAt!: Date | null;
}

export class RateWindowResponse {
  @ApiProperty()
  limit!: number;

  @ApiProperty()
  remaining!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null while nothing is counted.' })
  resetsAt!: Date | null;
}

export class RateStateResponse {
  @ApiProperty({ enum: ['free', 'basic', 'pro', 'enterprise'] })
  plan!: string;

  @ApiProperty({
    type: RateWindowResponse,
    nullable: true,
    description: 'Per minute and person; null without a limit.',
  })
  requests!: RateWindowResponse | null;

  @ApiProperty({ type: RateWindowResponse, nullable: true })
  tokens!: RateWindowResponse | null;
}

class UsageSumResponse {
  @ApiProperty()
  calls!: number;

  @ApiProperty()
  inputTokens!: number;

  @ApiProperty()
  outputTokens!: number;

  @ApiProperty({ description: 'Of the calls whose price is known.' })
  costMicroUsd!: number;

  @ApiProperty({ description: 'Calls whose price is not known; what they cost comes on top.' })
  unpricedCalls!: number;
}

export class UsageOfDayResponse extends UsageSumResponse {
  @ApiProperty({ format: 'date', example: '2026-11-21', description: 'UTC.' })
  day!: string;
}

export class UsageOfOneResponse extends UsageSumResponse {
  @ApiProperty({ type: String, nullable: true })
  id!: string | null;

  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
}

export class SpendingReportResponse {
  @ApiProperty({ type: [SpendingWindowResponse] })
  windows!: SpendingWindowResponse[];

  @ApiProperty({ type: RateStateResponse })
  rates!: RateStateResponse;

  @ApiProperty({ type: [UsageOfDayResponse], description: 'Oldest first, without days on which nothing was used.' })
  byDay!: UsageOfDayResponse[];

  @ApiProperty({ type: [UsageOfOneResponse], description: 'At most 20, dearest first.' })
  byModel!: UsageOfOneResponse[];

  @ApiProperty({ type: [UsageOfOneResponse] })
  byAgent!: UsageOfOneResponse[];

  @ApiProperty({ type: [UsageOfOneResponse] })
  byUser!: UsageOfOneResponse[];

  static from({ windows, rates, byDay, byModel, byAgent, byUser }: UsageReport): SpendingReportResponse {
    return {
      windows: [...windows],
      rates,
      byDay: [...byDay],
      byModel: [...byModel],
      byAgent: [...byAgent],
      byUser: [...byUser],
    };
  }
}
