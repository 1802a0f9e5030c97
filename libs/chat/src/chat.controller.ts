import { RequirePermission } from '#auth';
import { RateLimited } from '#billing';
import { OpenConversation } from '#executions';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '#platform/http';
import { readIdempotencyKey, requestHash } from '#tenancy';
import { ChatAnswer } from './chat-answer.js';
import { toChatMessage } from './chat-command.js';
import { ChatDto } from './dto/chat-request.dto.js';
import { ChatAnswerResponse } from './dto/conversation.dto.js';
import type { ChatMessage } from './turns/chat-turns.js';

const DEFAULT_WAIT_SECONDS = 60;

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'The same key and body say it once.',
};

@ApiTags('chat')
@Controller('agent/chat')
export class ChatController {
  constructor(private readonly answer: ChatAnswer) {}

  @Post()
  @HttpCode(200)
  @RequirePermission('executions:start')
  @RateLimited()
  @OpenConversation()
  @ApiOperation({
    operationId: 'chatSend',
    summary: 'Say something to an agent and wait for its answer',
    description:
      'A turn of a conversation is a run: `executionId` names it. What happens to a message that comes while the last turn is under way is the agent’s setting `chat.whenBusy`.',
  })
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiResponse({ status: 200, type: ChatAnswerResponse, description: 'The turn is over.' })
  @ApiResponse({
    status: 202,
    type: ChatAnswerResponse,
    description: 'It goes on by itself, or once `waits` are decided.',
  })
  @ApiProblems(409, 413, 422, 429)
  send(@Body() body: ChatDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer.send(
      toChatMessage(body, idempotencyOf(request)),
      body.waitSeconds ?? DEFAULT_WAIT_SECONDS,
      response,
    );
  }

  @Post('stream')
  @HttpCode(200)
  @RequirePermission('executions:start')
  @RateLimited()
  @OpenConversation()
  @ApiOperation({
    operationId: 'chatStream',
    summary: 'Say something to an agent and follow the turn as server-sent events',
    description:
      'The events of the turn’s run from the first, as at `/executions/{id}/stream`; that is also where to go on after a lost connection. `X-Conversation-Id` names the conversation.',
  })
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiProduces('text/event-stream', 'application/json')
  @ApiResponse({ status: 200, description: 'One message per event.', schema: { type: 'string' } })
  @ApiResponse({ status: 202, type: ChatAnswerResponse, description: 'It waits for the turns before it.' })
  @ApiProblems(409, 413, 422, 429)
  stream(@Body() body: ChatDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer.sendStream(toChatMessage(body, idempotencyOf(request)), response);
  }
}

function idempotencyOf(request: Request): ChatMessage['idempotency'] {
  const key = readIdempotencyKey(request);
  return key === undefined ? undefined : { key, requestHash: requestHash(request) };
}
