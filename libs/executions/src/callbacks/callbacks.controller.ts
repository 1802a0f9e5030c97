import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { callbackNotFound } from './callbacks.errors.js';
import { CallbacksService } from './callbacks.service.js';
import { CallbackResponse } from './dto/callback-response.dto.js';

const executionId = new ParseUUIDPipe({ exceptionFactory: callbackNotFound });

@ApiTags('executions')
@Controller('executions/:id/callback')
export class CallbacksController {
  constructor(private readonly callbacks: CallbacksService) {}

  @Get()
  @RequirePermission('executions:read')
  @ApiOperation({ operationId: 'executionsCallback', summary: "What became of a run's callback, attempt by attempt" })
  @ApiResponse({ status: 200, type: CallbackResponse })
  @ApiProblems()
  async get(@Param('id', executionId) id: string): Promise<CallbackResponse> {
    return CallbackResponse.from(await this.callbacks.get(id));
  }

  @Post('redeliver')
  @HttpCode(202)
  @RequirePermission('executions:start')
  @ApiOperation({
    operationId: 'executionsRedeliver',
    summary: "Send a run's callback once more",
    description: 'At once, under the same `webhook-id`. When it fails, the schedule goes on.',
  })
  @ApiResponse({ status: 202, type: CallbackResponse })
  @ApiProblems(409)
  async redeliver(@Param('id', executionId) id: string): Promise<CallbackResponse> {
    return CallbackResponse.from(await this.callbacks.redeliver(id));
  }
}
