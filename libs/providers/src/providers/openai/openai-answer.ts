import type { FinishReason } from '../../model/finish-reason.js';
import type { Usage } from '../../model/usage.js';
import { fieldsOf, itemsOf } from '../../wire/fields-of.js';
import { GrowingAnswer } from '../../wire/growing-answer.js';
import { convertOpenAIUsage } from './convert-openai-usage.js';
import { mapOpenAIFinishReason } from './map-openai-finish-reason.js';
import type { OpenAIChunk, OpenAICompletion, OpenAIToolCallDelta, OpenAIUsage } from './openai-api-types.js';

interface ReplyContent {
  readonly content?: string | null;
  readonly refusal?: string | null;
  readonly tool_calls?: readonly OpenAIToolCallDelta[] | null;
}

type Envelope = Pick<OpenAIChunk, 'id' | 'model' | 'system_fingerprint' | 'usage'>;

/** One chat completion as it grows, from chunks or from a whole one. */
export class OpenAIAnswer extends GrowingAnswer<OpenAIChunk, OpenAICompletion> {
  private refused = false;
  private reportedUsage: OpenAIUsage | undefined;
  private envelope: Envelope = {};

  get isComplete(): boolean {
    return this.isFinished && this.reportedUsage !== undefined;
  }

  addEvent(chunk: OpenAIChunk): void {
    const choice = chunk.choices?.[0];
    this.add(chunk, choice?.delta, choice?.finish_reason);
  }

  addReply(reply: OpenAICompletion): void {
    const choice = reply.choices?.[0];
    this.add(reply, choice?.message, choice?.finish_reason ?? (choice?.message ? 'unknown' : undefined));
  }

  protected answeredBy(): string | undefined {
    return this.envelope.model;
  }

  protected finishReason(raw: string, hasToolCalls: boolean): FinishReason {
    return mapOpenAIFinishReason(this.refused ? 'content_filter' : raw, hasToolCalls);
  }

  protected usage(output: string): Usage {
    return convertOpenAIUsage(this.reportedUsage, this.options, output);
  }

  protected lastWords(): unknown {
    const { id, model, system_fingerprint: systemFingerprint } = this.envelope;
    return { id, model, systemFingerprint };
  }

  private add(
    envelope: Envelope,
    content: ReplyContent | null | undefined,
    finishReason: string | null | undefined,
  ): void {
    if (envelope.id) {
      this.envelope = envelope;
      this.isRecognised = true;
    }
    if (envelope.usage) this.reportedUsage = envelope.usage;
    if (typeof content?.content === 'string') this.text += content.content;
    if (typeof content?.refusal === 'string' && content.refusal !== '') {
      this.text += content.refusal;
      this.refused = true;
    }
    for (const item of itemsOf(content?.tool_calls)) {
      if (typeof item !== 'object' || item === null) continue;
      const { index, id, function: called } = item as OpenAIToolCallDelta;
      const { name, arguments: part } = fieldsOf(called) as NonNullable<OpenAIToolCallDelta['function']>;
      this.assembler.add({ index, id, name, arguments: part });
    }
    if (finishReason) this.rawFinishReason = String(finishReason);
  }
}
