import { ModelCallError } from '../../errors/model-call-error.js';
import type { FinishReason } from '../../model/finish-reason.js';
import type { Usage } from '../../model/usage.js';
import { fieldsOf, itemsOf } from '../../wire/fields-of.js';
import { GrowingAnswer } from '../../wire/growing-answer.js';
import { convertGoogleUsage } from './convert-google-usage.js';
import type { GooglePart, GoogleReply, GoogleUsage } from './google-api-types.js';
import { mapGoogleFinishReason } from './map-google-finish-reason.js';

/** The model tried to call a function and produced something else. */
const FAILED_CALLS = new Set(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS']);

/** One answer of Gemini's as it grows; chunks have the shape of a whole reply. Thoughts are left out. */
export class GoogleAnswer extends GrowingAnswer<GoogleReply, GoogleReply> {
  private isBlocked = false;
  private reportedUsage: GoogleUsage | undefined;
  private envelope: Pick<GoogleReply, 'modelVersion' | 'responseId'> = {};

  get isComplete(): boolean {
    return this.isFinished && this.reportedUsage !== undefined;
  }

  addEvent(reply: GoogleReply): void {
    const { modelVersion, responseId, usageMetadata, promptFeedback } = reply;
    if (modelVersion || responseId) {
      this.envelope = { modelVersion, responseId };
      this.isRecognised = true;
    }
    if (usageMetadata) this.reportedUsage = usageMetadata;
    const candidate = fieldsOf(itemsOf(reply.candidates)[0]);
    for (const part of itemsOf(fieldsOf(candidate['content'])['parts'])) this.addPart(fieldsOf(part));
    const { finishReason } = candidate;
    if (typeof finishReason === 'string' && finishReason !== '') this.rawFinishReason = finishReason;
    const { blockReason } = fieldsOf(promptFeedback);
    if (typeof blockReason !== 'string') return;
    this.isBlocked = true;
    this.rawFinishReason = blockReason;
  }

  addReply(reply: GoogleReply): void {
    this.addEvent(reply);
    if (fieldsOf(itemsOf(reply.candidates)[0])['content']) this.rawFinishReason ??= 'unknown';
  }

  protected answeredBy(): string | undefined {
    return this.envelope.modelVersion;
  }

  protected finishReason(raw: string, hasToolCalls: boolean): FinishReason {
    if (FAILED_CALLS.has(raw)) {
      throw new ModelCallError('provider.invalid_tool_call', `The model failed to call a tool (${raw}).`, {
        retryable: true,
        outputStarted: this.text !== '',
      });
    }
    return this.isBlocked ? { unified: 'content-filter', raw } : mapGoogleFinishReason(raw, hasToolCalls);
  }

  protected usage(output: string): Usage {
    return convertGoogleUsage(this.reportedUsage, this.options, output);
  }

  protected lastWords(): unknown {
    return this.envelope;
  }

  private addPart({ text, thought, thoughtSignature: signature, functionCall }: GooglePart): void {
    if (typeof text === 'string' && thought !== true) this.text += text;
    if (!functionCall) return;
    const { id, name, args } = functionCall;
    this.assembler.addWhole({ id, name, arguments: args, signature });
  }
}
