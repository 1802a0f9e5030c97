import { InvalidCallOptionError } from '../errors/invalid-call-option-error.js';
import type { CallDeadlines } from '../model/call-deadlines.js';
import type { CallOptions } from '../model/call-options.js';
import { assertUsableSchema } from '../model/find-schema-problem.js';
import type { GenerateResult, LanguageModel } from '../model/language-model.js';
import type { StreamPart } from '../model/stream-part.js';
import type { ToolCall } from '../model/tool.js';
import type { Usage } from '../model/usage.js';
import { checkCallOptions } from './check-call-options.js';
import { type Answered, checkUsage } from './check-usage.js';
import { streamWithDeadlines, withTotalDeadline } from './deadlines.js';
import type { ModelDescription } from './model-catalogue.js';
import { priceAt } from './model-price.js';
import { priceOf } from './price-of.js';
import { structuredOutput } from './structured-output.js';

/** A provider's model with everything around it that is the same for all providers. */
export class RoutedLanguageModel implements LanguageModel {
  readonly provider: string;
  readonly modelId: string;
  readonly simulated: boolean;

  constructor(
    private readonly inner: LanguageModel,
    private readonly description: ModelDescription,
    private readonly deadlines: CallDeadlines,
  ) {
    this.provider = inner.provider;
    this.modelId = inner.modelId;
    this.simulated = inner.simulated;
  }

  async generate(options: CallOptions): Promise<GenerateResult> {
    this.check(options);
    await this.inner.prepare?.();
    const deadlines = { ...this.deadlines, ...options.deadlines };
    const result = await withTotalDeadline(this.description.id, deadlines, options.signal, (signal) =>
      this.inner.generate({ ...options, signal }),
    );
    const usage = this.priced(result.usage, options, result);
    const answer = { ...result, usage, model: this.description.id, streamed: false };
    const json = structuredOutput(options.responseFormat, answer);
    return { ...result, usage, ...(json === undefined ? {} : { json }) };
  }

  async *stream(options: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    this.check(options);
    await this.inner.prepare?.();
    const deadlines = { ...this.deadlines, ...options.deadlines };
    const toolCalls: ToolCall[] = [];
    let text = '';
    const parts = streamWithDeadlines(this.description.id, deadlines, options.signal, (signal) =>
      this.inner.stream({ ...options, signal }),
    );
    for await (const part of parts) {
      if (part.type === 'finish') {
        const usage = this.priced(part.usage, options, { text, toolCalls });
        const answer = { ...part, usage, text, toolCalls, model: this.description.id, streamed: true };
        const json = structuredOutput(options.responseFormat, answer);
        yield { ...part, usage, ...(json === undefined ? {} : { json }) };
        continue;
      }
      if (part.type === 'text-delta') text += part.text;
      if (part.type === 'tool-call') toolCalls.push(part.toolCall);
      yield part;
    }
  }

  /** @throws InvalidCallOptionError before anything is sent */
  check(options: CallOptions): void {
    checkCallOptions(options, this.description);
    const format = options.responseFormat;
    if (format?.type !== 'json' || !format.schema) return;
    try {
      assertUsableSchema(format.schema);
    } catch (error) {
      const expected = `a valid JSON Schema (${(error as Error).message})`;
      throw new InvalidCallOptionError('responseFormat.schema', expected, format.schema);
    }
  }

  private priced(reported: Usage, options: CallOptions, answer: Answered): Usage {
    const usage = checkUsage(reported, options, answer, this.description);
    return { ...usage, costMicroUsd: priceOf(usage, priceAt(this.description.prices, new Date())) };
  }
}
