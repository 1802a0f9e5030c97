import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { RequirePermission } from '#auth';
import { RateLimited } from '#billing';
import { notFound } from '#platform/errors';
import { ApiProblems } from '#platform/http';
import { readIdempotencyKey, requestHash } from '#tenancy';
import { EventsQuery, StreamQuery } from './dto/events-query.dto.js';
import { ExecutionEventPageResponse, ExecutionLogPageResponse } from './dto/execution-detail-response.dto.js';
import { ExecutionPageResponse, ExecutionResponse } from './dto/execution-response.dto.js';
import { ListExecutionsQuery } from './dto/list-executions.dto.js';
import { StartExecutionDto } from './dto/start-execution.dto.js';
import { EventPoll } from './event-poll.js';
import { EventStreamAnswer, startingPoint } from './event-stream-answer.js';
import { ExecutionControl } from './execution-control.js';
import { ExecutionsQueries } from './executions.queries.js';
import { PLAIN_SPENDING } from './spending/run-spending.js';
import { StartAnswer, startStyle } from './start-answer.js';

/** An id that is not one names nothing: 404, as for an id of another organisation. */
const executionId = new ParseUUIDPipe({ exceptionFactory: () => notFound('execution') });

@ApiTags('executions')
@Controller('executions')
export class ExecutionsController {
  constructor(
    private readonly startAnswer: StartAnswer,
    private readonly queries: ExecutionsQueries,
    private readonly control: ExecutionControl,
    private readonly streams: EventStreamAnswer,
    private readonly polls: EventPoll,
  ) {}

  @Post()
  @RequirePermission('executions:start')
  @RateLimited()
  @ApiOperation({
    operationId: 'executionsStart',
    summary: 'Start a run',
    description:
      'Answers 202 with `Location` (`mode: async`), 200 with the finished run (`mode: wait`), or, with `Accept: text/event-stream`, the event stream from the first event.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body start one run within 24 hours.',
  })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiResponse({ status: 200, type: ExecutionResponse, description: 'It ended while the request waited.' })
  @ApiResponse({ status: 202, type: ExecutionResponse, description: 'Accepted and committed; it goes on by itself.' })
  @ApiProblems(409, 413, 422, 429)
  start(
    @Body() body: StartExecutionDto,
    @Headers('accept') accept: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const key = readIdempotencyKey(request);
    const command = {
      agentId: body.agentId,
      version: body.version,
      input: body.input,
      metadata: body.metadata,
      callbackUrl: body.callbackUrl ?? undefined,
      spending: { ...PLAIN_SPENDING, budgetMicroUsd: body.budgetMicroUsd ?? null, onBudget: body.onBudget ?? 'wait' },
      trigger: 'api',
      idempotency: key === undefined ? undefined : { key, requestHash: requestHash(request) },
    };
    return this.startAnswer.send(command, startStyle(accept, body), response);
  }

  @Get()
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'executionsList', summary: 'List runs, newest first, without their payloads' })
  @ApiResponse({ status: 200, type: ExecutionPageResponse })
  @ApiProblems()
  list(@Query() query: ListExecutionsQuery): Promise<ExecutionPageResponse> {
    return this.queries.list(query) as Promise<ExecutionPageResponse>;
  }

  @Get(':id')
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'executionsGet', summary: 'Read a run' })
  @ApiResponse({ status: 200, type: ExecutionResponse })
  @ApiProblems()
  get(@Param('id', executionId) id: string): Promise<ExecutionResponse> {
    return this.queries.get(id);
  }

  @Get(':id/logs')
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'executionsLogs', summary: 'Read the lines that steps logged' })
  @ApiResponse({ status: 200, type: ExecutionLogPageResponse })
  @ApiProblems()
  logs(@Param('id', executionId) id: string, @Query() { after }: StreamQuery): Promise<ExecutionLogPageResponse> {
    return this.queries.logs(id, after);
  }

  @Get(':id/events')
  @RequirePermission('executions:read')
  @ApiOperation({
    operationId: 'executionsEvents',
    summary: 'Read the event log after a sequence number, waiting for the next event if asked',
  })
  @ApiResponse({ status: 200, type: ExecutionEventPageResponse })
  @ApiProblems()
  events(
    @Param('id', executionId) id: string,
    @Query() query: EventsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExecutionEventPageResponse> {
    return this.polls.next(id, query, response);
  }

  @Get(':id/stream')
  @RequirePermission('executions:read')
  @ApiOperation({
    operationId: 'executionsStream',
    summary: 'Follow a run as server-sent events, from `after` or `Last-Event-ID` on',
  })
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Sequence number of the last event that was received.',
  })
  @ApiResponse({
    status: 200,
    description: 'One message per event; `id` is its sequence number, `data` its envelope.',
    schema: { type: 'string' },
  })
  @ApiProblems()
  stream(
    @Param('id', executionId) id: string,
    @Query() { after }: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    return this.streams.send(id, startingPoint(after, lastEventId), response);
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @RequirePermission('executions:cancel')
  @ApiOperation({ operationId: 'executionsCancel', summary: 'Stop a run' })
  @ApiResponse({ status: 202, type: ExecutionResponse, description: 'It stops within seconds; follow its status.' })
  @ApiProblems(409)
  async cancel(@Param('id', executionId) id: string): Promise<ExecutionResponse> {
    await this.control.cancel(id);
    return this.queries.get(id);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @RequirePermission('executions:start')
  @RateLimited()
  @ApiOperation({
    operationId: 'executionsRetry',
    summary: 'Try the unfinished part of a failed run again',
    description: 'A new run on the same version and input; finished steps are taken over and do not run again.',
  })
  @ApiResponse({ status: 202, type: ExecutionResponse })
  @ApiProblems(409, 429)
  async retry(@Param('id', executionId) id: string): Promise<ExecutionResponse> {
    return this.queries.get(await this.control.retry(id));
  }
}
