import type { Usage } from '../run-host.js';
import type {
  GenerateReply,
  GenerateRequest,
  HttpReply,
  HttpRequest,
  ServiceCall,
  StepServices,
} from '../step-services.js';

type Call = ServiceCall & { onText?(text: string): void };
type Answer<Request, Reply> = (request: Request, call: Call, number: number) => Reply | Promise<Reply>;

export interface FakeAnswers {
  /** Gets the number of the call, from 1. Throws to fail. */
  readonly generate?: Answer<GenerateRequest, Partial<GenerateReply>>;
  readonly http?: Answer<HttpRequest, Partial<HttpReply>>;
}

export const SOME_USAGE: Usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, costMicroUsd: 30 };

/** The outside world as a script. Without one the model echoes the prompt and every address answers 200. */
export class FakeStepServices implements StepServices {
  readonly generateCalls: { readonly request: GenerateRequest; readonly idempotencyKey: string }[] = [];
  readonly httpCalls: { readonly request: HttpRequest; readonly idempotencyKey: string }[] = [];

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

  async http(request: HttpRequest, call: ServiceCall): Promise<HttpReply> {
    const number = this.httpCalls.push({ request, idempotencyKey: call.idempotencyKey });
    return { status: 200, headers: {}, body: { ok: true }, ...(await this.answers.http?.(request, call, number)) };
  }
}
