import { Buffer } from 'node:buffer';
import {
  type GenerateReply,
  type GenerateRequest,
  type HttpReply,
  type HttpRequest,
  type ServiceCall,
  StepError,
  type StepServices,
} from '#kernel';
import { Inject, Injectable } from '@nestjs/common';
import { EgressError } from '#platform/egress';
import { type AgentEgress, AGENT_EGRESS } from './outside.module.js';
import { collectStream, type Message, ProviderError, ProviderRouter } from '#providers';

/** What nodes may reach of the outside world: models through the router, HTTP through the egress door. */
@Injectable()
export class RunServices implements StepServices {
  constructor(
    private readonly models: ProviderRouter,
    @Inject(AGENT_EGRESS) private readonly egress: AgentEgress,
  ) {}

  async generate(
    request: GenerateRequest,
    call: ServiceCall & { onText: (text: string) => void },
  ): Promise<GenerateReply> {
    const messages: Message[] = [{ role: 'user', content: request.prompt }];
    if (request.system !== undefined) messages.unshift({ role: 'system', content: request.system });
    try {
      const model = this.models.languageModel(request.model);
      const result = await collectStream(
        model,
        {
          messages,
          temperature: request.temperature,
          topP: request.topP,
          maxTokens: request.maxTokens,
          ...(request.schema && { responseFormat: { type: 'json', schema: request.schema } }),
          signal: call.signal,
        },
        call.onText,
      );
      const { inputTokens, outputTokens, cachedInputTokens, costMicroUsd } = result.usage;
      return {
        text: result.text,
        ...(result.json !== undefined && { json: result.json }),
        usage: { inputTokens, outputTokens, cachedInputTokens, costMicroUsd },
        model: result.model,
        finishReason: result.finishReason.unified,
        simulated: result.simulated,
        warnings: result.warnings.map((warning) => warning.message),
      };
    } catch (error) {
      throw asStepError(error, call.signal);
    }
  }

  async http(request: HttpRequest, call: ServiceCall): Promise<HttpReply> {
    try {
      const response = await this.egress.request({ ...request, signal: call.signal });
      return {
        status: response.status,
        headers: response.headers,
        body: readBody(response.headers['content-type'], response.body),
      };
    } catch (error) {
      throw asStepError(error, call.signal);
    }
  }
}

function readBody(contentType: string | undefined, body: Buffer): unknown {
  const text = body.toString('utf8');
  if (!/^application\/([a-z0-9.+-]+\+)?json\b/i.test(contentType ?? '')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** In the kernel's words; an abort stays what it is, because the walk asks its own signal. */
function asStepError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return error;
  if (error instanceof ProviderError || error instanceof EgressError) {
    return new StepError({ code: error.code, message: error.message, retryable: error.retryable, cause: error });
  }
  return error;
}
