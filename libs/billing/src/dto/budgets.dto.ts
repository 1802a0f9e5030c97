import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsInt, Max, Min, ValidateIf } from 'class-validator';
import { MAX_MICRO_USD } from '../micro-usd.js';
import type { LimitsAtRevision } from '../budgets/spending-limits.service.js';

/** An amount in micro-USD that must be given and may be null, for no limit. */
function LimitField(description: string): PropertyDecorator {
  return (target, key) => {
    ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: MAX_MICRO_USD, description })(target, key);
    ValidateIf((_body, value) => value !== null)(target, key);
    IsInt()(target, key);
    Min(0)(target, key);
    Max(MAX_MICRO_USD)(target, key);
  };
}

export class SaveBudgetsRequest {
  @ApiProperty({ description: 'Whether calls are paid from a balance that was paid in, and stop when it is used up.' })
  @IsBoolean()
  prepaid!: boolean;

  @LimitField('Of the organisation per day (UTC), in micro-USD; null for no limit.')
  orgDayMicroUsd!: number | null;

  @LimitField('Of the organisation per calendar month (UTC).')
  orgMonthMicroUsd!: number | null;

  @LimitField('Of each person per day (UTC).')
  userDayMicroUsd!: number | null;

  @LimitField('Of each run, with all runs that it starts.')
  runMicroUsd!: number | null;
}

export class BudgetsResponse {
  @ApiProperty()
  prepaid!: boolean;

  @ApiProperty({ type: Number, nullable: true })
  orgDayMicroUsd!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  orgMonthMicroUsd!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  userDayMicroUsd!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  runMicroUsd!: number | null;

  @ApiProperty({ description: 'Also the ETag; 0 while the presets of the installation hold.' })
  revision!: number;

  static from(limits: LimitsAtRevision): BudgetsResponse {
    const { prepaid, orgDayMicroUsd, orgMonthMicroUsd, userDayMicroUsd, runMicroUsd, revision } = limits;
    return { prepaid, orgDayMicroUsd, orgMonthMicroUsd, userDayMicroUsd, runMicroUsd, revision };
  }
}
