import { ModelCallError } from '../errors/model-call-error.js';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.js';
import type { CallOptions } from '../model/call-options.js';
import type { CallWarning } from '../model/call-warning.js';
import type { FinishReason } from '../model/finish-reason.js';
import type { FinishPart } from '../model/stream-part.js';
import type { ToolCall } from '../model/tool.js';
import type { Usage } from '../model/usage.js';
import { ToolCallAssembler } from './assemble-tool-calls.js';

/** The model that was asked. */
export interface AskedModel {
  readonly provider: string;
  readonly modelId: string;
}

/**
 * One answer as it grows, from the events of a stream or from a whole reply. What is common to all providers lives
 * here: tool calls come out complete or not at all, an answer without an end is an error, silence about usage is
 * filled with an estimate and said so.
 */
export abstract class GrowingAnswer<Event extends object, Reply extends object> {
  text = '';
  /** True once the provider has accepted the call. */
  begun = false;
  /** Whether the latest event came from a model at work, and not from a server that only keeps the connection open. */
  showsWork = true;
  /** Complete calls; empty until `finish`. */
  toolCalls: readonly ToolCall[] = [];
  readonly warnings: CallWarning[] = [];
  protected readonly assembler = new ToolCallAssembler();
  /** Why it stopped, in the provider's words; undefined until it has said so. */
  protected rawFinishReason: string | undefined;
  /** True once something came that only an answer contains. */
  protected isRecognised = false;

  constructor(
    private readonly asked: AskedModel,
    protected readonly options: CallOptions,
  ) {}

  get isFinished(): boolean {
    return this.rawFinishReason !== undefined;
  }

  /** Finished, and paid for to the last token: nothing more is to come. */
  abstract get isComplete(): boolean;
  abstract addEvent(event: Event): void;
  abstract addReply(reply: Reply): void;
  /** The model as the provider names it. */
  protected abstract answeredBy(): string | undefined;
  protected abstract finishReason(raw: string, hasToolCalls: boolean): FinishReason;
  /** @param output everything the model wrote, for estimating what it cost. */
  protected abstract usage(output: string): Usage;
  /** The provider's last words: ids, fingerprints. */
  protected abstract lastWords(): unknown;

  /** Closes the answer; throws when the provider has not. */
  finish(): FinishPart {
    if (this.rawFinishReason === undefined) throw this.unfinished();
    const finishReason = this.finishReason(this.rawFinishReason, !this.assembler.isEmpty);
    if (finishReason.unified === 'length' || finishReason.unified === 'content-filter')
      this.withholdToolCalls(finishReason.raw);
    else this.toolCalls = this.assembler.complete();
    const usage = this.usage(`${this.text}\n${this.assembler.text}`);
    if (usage.estimated) {
      this.warnings.push({
        kind: 'estimated-usage',
        message: 'The provider reported no token counts; they are estimates.',
      });
    }
    const named: unknown = this.answeredBy();
    const model = `${this.asked.provider}/${typeof named === 'string' && named !== '' ? named : this.asked.modelId}`;
    return { type: 'finish', finishReason, usage, model, warnings: this.warnings, raw: this.lastWords() };
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
    const name = `${this.asked.provider}/${this.asked.modelId}`;
    const outputStarted = this.text !== '';
    if (outputStarted || !this.assembler.isEmpty || this.isRecognised) {
      return new StreamInterruptedError(`${name} closed the connection before its answer was complete.`, {
        outputStarted,
      });
    }
    return new ModelCallError('provider.invalid_reply', `${name} sent a reply without an answer in it.`, {
      retryable: true,
    });
  }
}
