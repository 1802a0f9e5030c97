import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { notFound } from '#platform/errors';
import { ApiProblems } from '#platform/http';
import { WhyResponse } from '../dto/why-response.dto.js';
import { ExecutionWhy } from './execution-why.js';

const executionId = new ParseUUIDPipe({ exceptionFactory: () => notFound('execution') });

@ApiTags('executions')
@Controller('executions')
export class WhyController {
  constructor(private readonly reasons: ExecutionWhy) {}

  @Get(':id/why')
  @RequirePermission('executions:read')
  @ApiOperation({
    operationId: 'executionsWhy',
    summary: 'Why a run is where it is: what it waits for, since when, until when, and what can be done',
  })
  @ApiResponse({ status: 200, type: WhyResponse })
  @ApiProblems()
  why(@Param('id', executionId) id: string): Promise<WhyResponse> {
    return this.reasons.explain(id);
  }
}
