import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { notFound } from '#platform/errors';
import { ApiProblems } from '#platform/http';
import { Idempotent } from '#tenancy';
import { DecideWaitDto } from './dto/decide-wait.dto.js';
import { ListWaitsQuery } from './dto/list-waits.dto.js';
import { EventSentResponse, SendEventDto } from './dto/send-event.dto.js';
import { WaitListResponse, WaitPageResponse, WaitResponse } from './dto/wait-response.dto.js';
import { WaitDecisionsService } from './wait-decisions.service.js';
import { toWait } from './wait-presenter.js';
import { WaitsQueries } from './waits.queries.js';

const executionId = new ParseUUIDPipe({ exceptionFactory: () => notFound('execution') });
const waitId = new ParseUUIDPipe({ exceptionFactory: () => notFound('wait') });

@ApiTags('executions')
@Controller()
export class WaitsController {
  constructor(
    private readonly queries: WaitsQueries,
    private readonly decisions: WaitDecisionsService,
  ) {}

  @Get('waits')
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'waitsList', summary: 'List what runs wait for, newest first' })
  @ApiResponse({ status: 200, type: WaitPageResponse })
  @ApiProblems()
  list(@Query() query: ListWaitsQuery): Promise<WaitPageResponse> {
    return this.queries.list(query) as Promise<WaitPageResponse>;
  }

  @Get('executions/:id/waits')
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'executionsWaits', summary: 'Read everything that a run waits or has waited for' })
  @ApiResponse({ status: 200, type: WaitListResponse })
  @ApiProblems()
  async ofExecution(@Param('id', executionId) id: string): Promise<WaitListResponse> {
    return { data: await this.queries.ofExecution(id) };
  }

  @Post('executions/:id/waits/:waitId')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission('executions:decide')
  @ApiOperation({
    operationId: 'executionsDecide',
    summary: 'Decide what a run waits for',
    description: 'The first decision stands; it is bound to the payload that `payloadHash` names.',
  })
  @ApiResponse({ status: 200, type: WaitResponse })
  @ApiProblems(409, 422)
  async decide(
    @Param('id', executionId) id: string,
    @Param('waitId', waitId) wait: string,
    @Body() body: DecideWaitDto,
  ): Promise<WaitResponse> {
    return toWait(await this.decisions.decide(id, wait, body));
  }

  @Post('events')
  @HttpCode(200)
  @Idempotent()
  @RequirePermission('executions:start')
  @ApiOperation({
    operationId: 'eventsSend',
    summary: 'Tell waiting runs that something has happened',
    description:
      'Answers every run of the organisation that waits for this event at this moment; it is not kept for later ones.',
  })
  @ApiResponse({ status: 200, type: EventSentResponse })
  @ApiProblems(422)
  async send(@Body() body: SendEventDto): Promise<EventSentResponse> {
    return { answered: await this.decisions.receive(body) };
  }
}
