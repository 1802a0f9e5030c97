import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { notFound } from '#platform/errors';
import { ApiProblems, type Page } from '#platform/http';
import { ExecutionStepPageResponse, type ExecutionStepResponse } from './dto/execution-detail-response.dto.js';
import { StepsQuery } from './dto/steps-query.dto.js';
import { StepsQueries } from './steps.queries.js';

/** An id that is not one names nothing: 404, as for an id of another organisation. */
const executionId = new ParseUUIDPipe({ exceptionFactory: () => notFound('execution') });

@ApiTags('executions')
@Controller('executions')
export class StepsController {
  constructor(private readonly steps: StepsQueries) {}

  @Get(':id/steps')
  @RequirePermission('executions:read')
  @ApiOperation({
    operationId: 'executionsSteps',
    summary: "Read a run's steps, oldest first",
    description: 'Values over 64 KiB are named in `large` and read at `/executions/{id}/payloads/{hash}`.',
  })
  @ApiResponse({ status: 200, type: ExecutionStepPageResponse })
  @ApiProblems()
  page(@Param('id', executionId) id: string, @Query() query: StepsQuery): Promise<Page<ExecutionStepResponse>> {
    return this.steps.page(id, query);
  }
}
