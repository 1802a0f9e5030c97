import { Buffer } from 'node:buffer';
import { runAgentLoop } from '#agent-loop';
import {
  type AgentLoopHooks,
  type AgentLoopRequest,
  type CodeRequest,
  type FoundTool,
  type GenerateReply,
  type GenerateRequest,
  type HttpReply,
  type HttpRequest,
  type LogLevel,
  type ServiceCall,
  StepError,
  type StepServices,
} from '#kernel';
import { Inject, Injectable } from '@nestjs/common';
import { EgressError } from '#platform/egress';
import { type AgentEgress, AGENT_EGRESS } from './outside.module.js';
import { collectStream, ProviderError, ProviderRouter } from '#providers';
import { Sandbox, SandboxError } from '#sandbox';
import { ToolRegistry } from '#tools';
import { toCallOptions } from './model-call-options.js';

/** How much longer the thread of a code step is let alone than the code itself: for what cannot be interrupted from inside. */
const CODE_GRACE_MS = 1_000;

/**
 * What nodes may reach of the outside world: models through the router, HTTP through the egress door, code in the
 * sandbox, tools from the registry.
 */
@Injectable()
export class RunServices implements StepServices {
  constructor(
    private readonly models: ProviderRouter,
    @Inject(AGENT_EGRESS) private readonly egress: AgentEgress,
    private readonly sandbox: Sandbox,
    private readonly tools: ToolRegistry,
  ) {}

  async generate(
    request: GenerateRequest,
    call: ServiceCall & { onText: (text: string) => void },
  ): Promise<GenerateReply> {
    try {
      const model = this.models.languageModel(request.model);
      const result = await collectStream(model, toCallOptions(request, call.signal), call.onText);
      const { inputTokens, outputTokens, cachedInputTokens, costMicroUsd } = result.usage;
      return {
        text: result.text,
        ...(result.toolCalls.length > 0 && {
          toolCalls: result.toolCalls.map(({ id, toolName, arguments: args }) => ({
            id,
            name: toolName,
            arguments: args,
          })),
        }),
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

  async code(
    { source, input, timeoutMs }: CodeRequest,
    { signal, onLog }: ServiceCall & { onLog: (level: LogLevel, message: string) => void },
  ): Promise<{ value: unknown }> {
    const limits = timeoutMs === undefined ? {} : { cpuMs: timeoutMs, wallMs: timeoutMs + CODE_GRACE_MS };
    try {
      const { value, logs } = await this.sandbox.runCode({ source, input, limits, signal });
      for (const { level, message } of logs) onLog(level, message);
      return { value };
    } catch (error) {
      if (error instanceof SandboxError) for (const { level, message } of error.logs) onLog(level, message);
      throw asStepError(error, signal);
    }
  }

  findTool(name: string): Promise<FoundTool | undefined> {
    return Promise.resolve(this.tools.find(name));
  }

  callTool(name: string, args: Readonly<Record<string, unknown>>, call: ServiceCall): Promise<unknown> {
    return this.tools.run(name, args, call);
  }

  agentLoop(request: AgentLoopRequest, hooks: AgentLoopHooks): Promise<{ text: string; turns: number }> {
    return runAgentLoop(request, hooks);
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
  if (error instanceof SandboxError) {
    const place = error.line === undefined ? '' : ` (line ${error.line})`;
    const message = `${error.message || 'The code threw an error without a message'}${place}`;
    return new StepError({ code: error.code, message, retryable: false });
  }
  if (error instanceof ProviderError || error instanceof EgressError) {
    const outcomeUnknown = error instanceof EgressError && error.phase === 'after-send';
    const { code, message, retryable } = error;
    return new StepError({ code, message, retryable, outcomeUnknown, cause: error });
  }
  return error;
}
