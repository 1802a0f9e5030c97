import { RequirePermission } from '#auth';
import { RateLimited } from '#billing';
import { OpenConversation } from '#executions';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { readIdempotencyKey, requestHash } from '#tenancy';
import { chatCompletionSchema } from './chat-completion-request.js';
import { ChatCompletions } from './chat-completions.js';
import { Embeddings, embeddingsSchema } from './embeddings.js';
import { goneOf } from './gone.js';
import { OfferedModels, type OpenAiModel } from './offered-models.js';
import type { RunRequest } from './openai-runs.js';
import { ChatCompletionRequest, EmbeddingsRequest, ResponseRequest } from './openai-documents.dto.js';
import { readBody } from './read-body.js';
import { responseSchema } from './response-request.js';
import { Responses } from './responses.js';

const STREAMED =
  'application/json, or server-sent events with `stream: true`; both as OpenAI’s reference describes them.';

/** What clients of OpenAI's API speak, with agents as models. Errors are in OpenAI's shape here. */
@ApiTags('openai')
@Controller('v1')
export class OpenAiController {
  constructor(
    private readonly models: OfferedModels,
    private readonly completions: ChatCompletions,
    private readonly responses: Responses,
    private readonly embeddings: Embeddings,
  ) {}

  @Get('models')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'openaiModels', summary: 'Agents, and models if the caller may call them' })
  @ApiOkResponse({ description: 'As OpenAI’s list of models.', schema: { type: 'object' } })
  async list(): Promise<{ object: 'list'; data: OpenAiModel[] }> {
    return { object: 'list', data: await this.models.list() };
  }

  @Get('models/:model')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'openaiModel', summary: 'One of them' })
  @ApiOkResponse({ description: 'As OpenAI’s model.', schema: { type: 'object' } })
  get(@Param('model') model: string): Promise<OpenAiModel> {
    return this.models.get(model);
  }

  @Post('chat/completions')
  @HttpCode(200)
  @RequirePermission('executions:start')
  @RateLimited()
  @OpenConversation()
  @ApiOperation({
    operationId: 'openaiChatCompletions',
    summary: 'Chat completions: `model` is an agent’s slug, slug@version, or provider/model',
  })
  @ApiBody({ type: ChatCompletionRequest })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiOkResponse({ description: STREAMED, schema: { type: 'object' } })
  async complete(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.completions.send(readBody(chatCompletionSchema, body), idempotencyOf(request), response);
  }

  @Post('responses')
  @HttpCode(200)
  @RequirePermission('executions:start')
  @RateLimited()
  @OpenConversation()
  @ApiOperation({
    operationId: 'openaiResponses',
    summary: 'Responses: `model` is an agent’s slug, slug@version, or provider/model',
  })
  @ApiBody({ type: ResponseRequest })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiOkResponse({ description: STREAMED, schema: { type: 'object' } })
  async respond(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.responses.send(readBody(responseSchema, body), idempotencyOf(request), response);
  }

  @Post('embeddings')
  @HttpCode(200)
  @RequirePermission('executions:start')
  @RateLimited()
  @ApiOperation({ operationId: 'openaiEmbeddings', summary: 'Embeddings of an embedding model, as provider/model' })
  @ApiBody({ type: EmbeddingsRequest })
  @ApiOkResponse({ description: 'As OpenAI’s embeddings.', schema: { type: 'object' } })
  async embed(@Body() body: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const asked = readBody(embeddingsSchema, body);
    response.status(200).json(await this.embeddings.embed(asked, idempotencyOf(request), goneOf(response)));
  }
}

function idempotencyOf(request: Request): RunRequest['idempotency'] {
  const key = readIdempotencyKey(request);
  return key === undefined ? undefined : { key, requestHash: requestHash(request) };
}
