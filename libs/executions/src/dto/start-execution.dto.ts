import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AsSent } from '#platform/http';
import { IsIn, IsInt, IsObject, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { IsReceiverUrl, MAX_RECEIVER_URL_CHARACTERS } from '#webhooks';
import { MAX_BUDGET_MICRO_USD } from '../spending/run-budget.dto.js';
import { ON_BUDGET, type OnBudget } from '../spending/run-spending.js';

export class StartExecutionDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  agentId!: string;

  @ApiPropertyOptional({ minimum: 1, description: 'A published version; the latest one when absent.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "Checked against the schema of the agent's start node.",
  })
  @AsSent()
  @IsObject()
  input!: Record<string, unknown>;

  @ApiPropertyOptional({
    enum: ['async', 'wait'],
    default: 'async',
    description:
      '`async` answers 202 at once; `wait` answers 200 with the result, or 202 when it takes longer than waitSeconds.',
  })
  @IsOptional()
  @IsIn(['async', 'wait'])
  mode?: 'async' | 'wait';

  @ApiPropertyOptional({ minimum: 1, maximum: 300, default: 30, description: 'How long `wait` waits.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(300)
  waitSeconds?: number;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: MAX_BUDGET_MICRO_USD,
    description:
      'What the run, with all runs that it starts, may spend on models, in micro-USD (1000000 is one dollar); what the organisation lets any run spend when absent.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_BUDGET_MICRO_USD)
  budgetMicroUsd?: number;

  @ApiPropertyOptional({
    enum: ON_BUDGET,
    default: 'wait',
    description:
      'When a budget has no room for a model call: `wait` until there is room again, or `fail` as `budget.exhausted`.',
  })
  @IsOptional()
  @IsIn(ON_BUDGET)
  onBudget?: OnBudget;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Kept with the run and given back with it; at most 16 KiB.',
  })
  @AsSent()
  @IsOptional()
  @IsObject()
  metadata?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_RECEIVER_URL_CHARACTERS,
    description:
      'An http(s) address that gets a POST when the run ends, signed by the Standard Webhooks specification with the secret of `/org/signing-secret`. What does not answer 2xx is tried again for about three days.',
  })
  @IsOptional()
  @IsReceiverUrl()
  callbackUrl?: string | null;
}
