import { ModelCallError } from '../../errors/model-call-error.js';
import { StreamInterruptedError } from '../../errors/stream-interrupted-error.js';
import type { CallOptions } from '../../model/call-options.js';
import type { CallWarning } from '../../model/call-warning.js';
import type { FinishPart } from '../../model/stream-part.js';
import type { ToolCall } from '../../model/tool.js';
import { ToolCallAssembler } from './assemble-tool-calls.js';
import { convertOpenAIUsage } from './convert-openai-usage.js';
import { mapOpenAIFinishReason } from './map-openai-finish-reason.js';
import type { OpenAIToolCallDelta, OpenAIUsage } from './openai-api-types.js';

interface ReplyEnvelope {
  readonly id?: string;
  readonly model?: string;
  readonly system_fingerprint?: string | null;
  readonly usage?: OpenAIUsage | null;
}

interface ReplyContent {
  readonly content?: string | null;
  readonly refusal?: string | null;
  readonly tool_calls?: readonly OpenAIToolCallDelta[] | null;
}

/** One answer as it grows, from chunks or from a whole completion. */
export class OpenAIAnswer {
  text = '';
  /** True once the provider has accepted the call. */
  begun = false;
  /** Complete calls; empty until `finish`. */
  toolCalls: readonly ToolCall[] = [];
  readonly warnings: CallWarning[] = [];
  private readonly assembler = new ToolCallAssembler();
  private rawFinishReason: string | undefined;
  private refused = false;
  private usage: OpenAIUsage | undefined;
  private envelope: ReplyEnvelope = {};

  constructor(
    private readonly modelId: string,
    private readonly options: CallOptions,
  ) {}

  get isFinished(): boolean {
    return this.rawFinishReason !== undefined;
  }

  /** Finished, and paid for to the last token: nothing more is to come. */
  get isComplete(): boolean {
    return this.isFinished && this.usage !== undefined;
  }

  add(
    envelope: ReplyEnvelope,
    content: ReplyContent | null | undefined,
    finishReason: string | null | undefined,
  ): void {
    if (envelope.id) this.envelope = envelope;
    if (envelope.usage) this.usage = envelope.usage;
    if (typeof content?.content === 'string') this.text += content.content;
    if (typeof content?.refusal === 'string' && content.refusal !== '') {
      this.text += content.refusal;
      this.refused = true;
    }
    const calls: unknown = content?.tool_calls;
    if (Array.isArray(calls)) for (const call of calls as unknown[]) if (isFragment(call)) this.assembler.add(call);
    if (finishReason) this.rawFinishReason = String(finishReason);
  }

  /** Closes the answer; throws when the provider has not. */
  finish(): FinishPart {
    if (this.rawFinishReason === undefined) throw this.unfinished();
    const finishReason = mapOpenAIFinishReason(
      this.refused ? 'content_filter' : this.rawFinishReason,
      !this.assembler.isEmpty,
    );
    if (finishReason.unified === 'length' || finishReason.unified === 'content-filter')
      this.withholdToolCalls(finishReason.raw);
    else this.toolCalls = this.assembler.complete();
    const usage = convertOpenAIUsage(this.usage, this.options, `${this.text}\n${this.assembler.text}`);
    if (usage.estimated) {
      this.warnings.push({
        kind: 'estimated-usage',
        message: 'The provider reported no token counts; they are estimates.',
      });
    }
    const { model: named } = this.envelope;
    const model = `openai/${typeof named === 'string' ? named : this.modelId}`;
    const raw = {
      id: this.envelope.id,
      model: this.envelope.model,
      systemFingerprint: this.envelope.system_fingerprint,
    };
    return { type: 'finish', finishReason, usage, model, warnings: this.warnings, raw };
  }

  /** A call that was cut off may parse all the same and mean something else. */
  private withholdToolCalls(reason: string): void {
    if (this.assembler.isEmpty) return;
    this.warnings.push({
      kind: 'incomplete-output',
      message: `The model was cut off (${reason}) while calling a tool; the call was withheld.`,
    });
  }

  private unfinished(): Error {
    const name = `openai/${this.modelId}`;
    const outputStarted = this.text !== '';
    if (outputStarted || !this.assembler.isEmpty || this.envelope.id) {
      return new StreamInterruptedError(`${name} closed the connection before its answer was complete.`, {
        outputStarted,
      });
    }
    return new ModelCallError('provider.invalid_reply', `${name} sent a reply without an answer in it.`, {
      retryable: true,
    });
  }
}

function isFragment(value: unknown): value is OpenAIToolCallDelta {
  return typeof value === 'object' && value !== null;
}
