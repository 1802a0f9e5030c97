import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';

/** A million dollars; see `budgetMicroUsd` of a start. */
export const MAX_BUDGET_MICRO_USD = 1_000_000_000_000;

export class SetRunBudgetRequest {
  @ApiProperty({
    minimum: 0,
    maximum: MAX_BUDGET_MICRO_USD,
    description: 'What the run may spend on models from its beginning, with all runs that it starts, in micro-USD.',
  })
  @IsInt()
  @Min(0)
  @Max(MAX_BUDGET_MICRO_USD)
  budgetMicroUsd!: number;
}
