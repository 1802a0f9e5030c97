import { runAgentLoop } from '#agent-loop';
import {
  type AgentLoopHooks,
  type AgentLoopRequest,
  type CodeRequest,
  type EmbedReply,
  type EmbedRequest,
  type FoundTool,
  type GenerateReply,
  type GenerateRequest,
  type HttpReply,
  type HttpRequest,
  type LogLevel,
  type ModelCall,
  type ServiceCall,
  StepError,
  type StepServices,
} from '#kernel';
import { Injectable } from '@nestjs/common';
import { Sandbox, SandboxError } from '#sandbox';
import { ToolRegistry } from '#tools';
import { ModelSteps } from './model-steps.js';
import { OutsideHttp } from './outside-http.js';

/** How much longer the thread of a code step is let alone than the code itself: for what cannot be interrupted from inside. */
const CODE_GRACE_MS = 1_000;

/**
 * What nodes may reach of the outside world: models as the organisation may use them, HTTP through the egress door, code in the
 * sandbox, tools from the registry.
 */
@Injectable()
export class RunServices implements StepServices {
  constructor(
    private readonly models: ModelSteps,
    private readonly web: OutsideHttp,
    private readonly sandbox: Sandbox,
    private readonly tools: ToolRegistry,
  ) {}

  generate(request: GenerateRequest, call: ModelCall): Promise<GenerateReply> {
    return this.models.generate(request, call);
  }

  embed(request: EmbedRequest, call: ServiceCall & Pick<ModelCall, 'stepPath'>): Promise<EmbedReply> {
    return this.models.embed(request, call);
  }

  http(request: HttpRequest, call: ServiceCall): Promise<HttpReply> {
    return this.web.send(request, call);
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
    return this.tools.find(name);
  }

  callTool(
    name: string,
    args: Readonly<Record<string, unknown>>,
    { signal, idempotencyKey, credentialId }: ServiceCall & { readonly credentialId?: string },
  ): Promise<unknown> {
    const [executionId, step] = idempotencyKey.split(':');
    const usedBy = `Run ${executionId}, step ${step}`;
    return this.tools.run(name, args, { signal, idempotencyKey, credentialId, usedBy });
  }

  agentLoop(request: AgentLoopRequest, hooks: AgentLoopHooks): Promise<{ text: string; turns: number }> {
    return runAgentLoop(request, hooks);
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
  return error;
}
