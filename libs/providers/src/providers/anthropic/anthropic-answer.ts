import type { FinishReason } from '../../model/finish-reason.js';
import type { Usage } from '../../model/usage.js';
import { fieldsOf, itemsOf } from '../../wire/fields-of.js';
import { GrowingAnswer } from '../../wire/growing-answer.js';
import type { AnthropicBlock, AnthropicEvent, AnthropicMessage, AnthropicUsage } from './anthropic-api-types.js';
import { convertAnthropicUsage } from './convert-anthropic-usage.js';
import { mapAnthropicFinishReason } from './map-anthropic-finish-reason.js';

/** One message of Anthropic's as it grows, from events or from a whole one. Thinking is left out. */
export class AnthropicAnswer extends GrowingAnswer<AnthropicEvent, AnthropicMessage> {
  private hasStopped = false;
  private reportedUsage: AnthropicUsage | undefined;
  private message: Pick<AnthropicMessage, 'id' | 'model'> = {};

  get isComplete(): boolean {
    return this.isFinished && this.hasStopped;
  }

  addEvent(event: AnthropicEvent): void {
    const { type, index, delta } = event;
    this.showsWork = type !== 'ping';
    if (type === 'message_start') this.addEnvelope(fieldsOf(event.message));
    else if (type === 'content_block_start') this.addBlockStart(index, fieldsOf(event.content_block));
    else if (type === 'content_block_delta' && typeof delta?.text === 'string') this.text += delta.text;
    else if (type === 'content_block_delta' && delta?.type === 'input_json_delta')
      this.assembler.add({ index, arguments: delta.partial_json });
    else if (type === 'message_delta') {
      this.addUsage(event.usage);
      if (delta?.stop_reason) this.rawFinishReason = String(delta.stop_reason);
    } else if (type === 'message_stop') this.hasStopped = true;
  }

  addReply(reply: AnthropicMessage): void {
    this.addEnvelope(reply);
    for (const item of itemsOf(reply.content)) {
      const { type, text, id, name, input } = fieldsOf(item);
      if (type === 'text' && typeof text === 'string') this.text += text;
      if (type === 'tool_use') this.assembler.addWhole({ id, name, arguments: input });
    }
    if (reply.stop_reason) this.rawFinishReason = String(reply.stop_reason);
    else if (Array.isArray(reply.content)) this.rawFinishReason = 'unknown';
  }

  protected answeredBy(): string | undefined {
    return this.message.model;
  }

  protected finishReason(raw: string, hasToolCalls: boolean): FinishReason {
    return mapAnthropicFinishReason(raw, hasToolCalls);
  }

  protected usage(output: string): Usage {
    return convertAnthropicUsage(this.reportedUsage, this.options, output);
  }

  protected lastWords(): unknown {
    return this.message;
  }

  private addEnvelope({ id, model, usage }: Pick<AnthropicMessage, 'id' | 'model' | 'usage'>): void {
    this.message = { id, model };
    if (id) this.isRecognised = true;
    this.addUsage(usage);
  }

  private addBlockStart(index: number | undefined, block: AnthropicBlock): void {
    if (block.type === 'text' && typeof block.text === 'string') this.text += block.text;
    if (block.type === 'tool_use') this.assembler.add({ index, id: block.id, name: block.name });
  }

  /** The end of a stream repeats some of the counts of its beginning, with their final values. */
  private addUsage(usage: AnthropicUsage | null | undefined): void {
    const counts = Object.entries(fieldsOf(usage)).filter(([, count]) => count !== null);
    if (counts.length > 0) this.reportedUsage = { ...this.reportedUsage, ...Object.fromEntries(counts) };
  }
}
