import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { notFound } from '#platform/errors';
import { ApiProblems } from '#platform/http';
import { SetRunBudgetRequest } from './run-budget.dto.js';
import { RunBudgetService } from './run-budget.service.js';

const executionId = new ParseUUIDPipe({ exceptionFactory: () => notFound('execution') });

@ApiTags('executions')
@Controller('executions')
export class RunBudgetController {
  constructor(private readonly budgets: RunBudgetService) {}

  @Put(':id/budget')
  @HttpCode(204)
  @RequirePermission('executions:start')
  @ApiOperation({
    operationId: 'executionsSetBudget',
    summary: 'Change what a run may spend; one that waits for it goes on within a second',
  })
  @ApiNoContentResponse()
  @ApiProblems(409, 422)
  async set(@Param('id', executionId) id: string, @Body() { budgetMicroUsd }: SetRunBudgetRequest): Promise<void> {
    await this.budgets.set(id, budgetMicroUsd);
  }
}
