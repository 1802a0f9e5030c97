import type { Usage } from '../run-host.js';
import type {
  AgentLoopHooks,
  AgentLoopRequest,
  CodeRequest,
  EmbedReply,
  EmbedRequest,
  FoundTool,
  GenerateReply,
  GenerateRequest,
  HttpReply,
  HttpRequest,
  ModelToolCall,
  ModelTurn,
  ServiceCall,
  StepServices,
} from '../step-services.js';

type Call = ServiceCall & { onText?(text: string): void };
type Answer<Request, Reply> = (request: Request, call: Call, number: number) => Reply | Promise<Reply>;

export interface FakeAnswers {
  /** Gets the number of the call, from 1. Throws to fail. */
  readonly generate?: Answer<GenerateRequest, Partial<GenerateReply>>;
  readonly http?: Answer<HttpRequest, Partial<HttpReply>>;
  readonly code?: Answer<CodeRequest, unknown>;
  readonly tools?: readonly FakeTool[];
}

/** A tool that takes any arguments, reads only and bears to be repeated unless it says otherwise. */
export interface FakeTool extends Partial<Omit<FoundTool, 'name'>> {
  readonly name: string;
  readonly run: (args: Readonly<Record<string, unknown>>, call: ServiceCall) => unknown;
}

export const SOME_USAGE: Usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, costMicroUsd: 30 };

/** The outside world as a script. Without one the model echoes the prompt and every address answers 200. */
export class FakeStepServices implements StepServices {
  readonly generateCalls: { readonly request: GenerateRequest; readonly idempotencyKey: string }[] = [];
  readonly httpCalls: { readonly request: HttpRequest; readonly idempotencyKey: string }[] = [];

  readonly codeCalls: CodeRequest[] = [];
  readonly toolCalls: {
    readonly name: string;
    readonly args: unknown;
    readonly idempotencyKey: string;
    readonly credentialId?: string;
  }[] = [];

  constructor(private readonly answers: FakeAnswers = {}) {}

  async generate(request: GenerateRequest, call: ServiceCall & { onText(text: string): void }): Promise<GenerateReply> {
    const number = this.generateCalls.push({ request, idempotencyKey: call.idempotencyKey });
    const answer = await this.answers.generate?.(request, call, number);
    const text = answer?.text ?? `echo: ${request.prompt}`;
    if (this.answers.generate === undefined) call.onText(text);
    return {
      text,
      usage: SOME_USAGE,
      model: request.model,
      finishReason: 'stop',
      simulated: true,
      warnings: [],
      ...answer,
    };
  }

  /** Two numbers that say little. */
  async embed({ model, texts }: EmbedRequest): Promise<EmbedReply> {
    return { embeddings: texts.map(({ length }) => [length, 1]), usage: SOME_USAGE, model, simulated: true };
  }

  async http(request: HttpRequest, call: ServiceCall): Promise<HttpReply> {
    const number = this.httpCalls.push({ request, idempotencyKey: call.idempotencyKey });
    return { status: 200, headers: {}, body: { ok: true }, ...(await this.answers.http?.(request, call, number)) };
  }

  async code(request: CodeRequest, call: ServiceCall): Promise<{ value: unknown }> {
    const number = this.codeCalls.push(request);
    return { value: (await this.answers.code?.(request, call, number)) ?? null };
  }

  async findTool(name: string): Promise<FoundTool | undefined> {
    const tool = this.answers.tools?.find((each) => each.name === name);
    return (
      tool && {
        description: '',
        inputSchema: { type: 'object' },
        check: () => [],
        effectOf: () => 'read',
        isRepeatable: () => true,
        maskArguments: (args) => args,
        ...tool,
      }
    );
  }

  async callTool(
    name: string,
    args: Readonly<Record<string, unknown>>,
    call: ServiceCall & { readonly credentialId?: string },
  ): Promise<unknown> {
    const { idempotencyKey, credentialId } = call;
    this.toolCalls.push({ name, args, idempotencyKey, ...(credentialId !== undefined && { credentialId }) });
    return this.answers.tools?.find((tool) => tool.name === name)?.run(args, call);
  }

  /** The plainest loop that keeps the contract. */
  async agentLoop({ maxTurns }: AgentLoopRequest, hooks: AgentLoopHooks): Promise<{ text: string; turns: number }> {
    const said: ModelTurn[] = [];
    for (let turn = 0; turn < maxTurns; turn++) {
      const { text, toolCalls } = await hooks.model(turn, [...said]);
      if (toolCalls.length === 0) return { text, turns: turn + 1 };
      const calls = toolCalls.map((call, number): ModelToolCall => ({ ...call, id: `${turn}.${number}` }));
      said.push({ role: 'assistant', content: text, toolCalls: calls });
      const results = await Promise.all(calls.map((_call, number) => hooks.tool(turn, number)));
      for (const [number, { content, isError }] of results.entries()) {
        const { id: toolCallId, name: toolName } = calls[number] as ModelToolCall;
        said.push({ role: 'tool', toolCallId, toolName, content, isError });
      }
    }
    throw new Error('The hooks should have ended this loop');
  }
}
