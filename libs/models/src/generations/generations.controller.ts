import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { executionNotFound } from '../models.errors.js';
import { GenerationPageResponse, ListGenerationsQuery } from './generation.dto.js';
import { GenerationsReadModel } from './generations.read-model.js';

const executionId = new ParseUUIDPipe({ exceptionFactory: executionNotFound });

@ApiTags('executions')
@Controller('executions')
export class GenerationsController {
  constructor(private readonly generations: GenerationsReadModel) {}

  @Get(':id/generations')
  @RequirePermission('executions:read')
  @ApiOperation({
    operationId: 'executionsGenerations',
    summary: 'Every attempt of a run at a model provider, oldest first: retries and fallbacks, tokens, cost, latency',
  })
  @ApiOkResponse({ type: GenerationPageResponse })
  @ApiProblems()
  async list(
    @Param('id', executionId) id: string,
    @Query() { stepPath, ...page }: ListGenerationsQuery,
  ): Promise<GenerationPageResponse> {
    const filter = stepPath === undefined ? {} : { stepPath };
    return GenerationPageResponse.from(await this.generations.ofExecution(id, filter, page));
  }
}
