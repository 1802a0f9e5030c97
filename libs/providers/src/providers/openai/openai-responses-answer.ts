import type { FinishReason } from '../../model/finish-reason.js';
import type { Usage } from '../../model/usage.js';
import { fieldsOf, itemsOf } from '../../wire/fields-of.js';
import { GrowingAnswer } from '../../wire/growing-answer.js';
import { convertOpenAIResponsesUsage } from './convert-openai-usage.js';
import { mapOpenAIFinishReason } from './map-openai-finish-reason.js';
import type { OpenAIOutputItem, OpenAIResponse, OpenAIResponseEvent } from './openai-responses-api-types.js';

/** One answer of the Responses API as it grows, from events or from a whole response. */
export class OpenAIResponsesAnswer extends GrowingAnswer<OpenAIResponseEvent, OpenAIResponse> {
  private refused = false;
  private response: OpenAIResponse = {};

  get isComplete(): boolean {
    return this.isFinished;
  }

  addEvent(event: OpenAIResponseEvent): void {
    const { type, delta } = event;
    if (type === 'response.output_text.delta' && typeof delta === 'string') this.text += delta;
    else if (type === 'response.refusal.delta' && typeof delta === 'string') this.refuse(delta);
    else if (type === 'response.output_item.done') this.addCall(event.item, event.output_index);
    else if (typeof type === 'string' && type.startsWith('response.')) this.addState(fieldsOf(event.response));
  }

  addReply(reply: OpenAIResponse): void {
    for (const [index, item] of itemsOf(reply.output).entries()) {
      this.addCall(item, index);
      for (const part of itemsOf(fieldsOf(item)['content'])) {
        const { text, refusal } = fieldsOf(part);
        if (typeof text === 'string' && fieldsOf(item)['type'] === 'message') this.text += text;
        if (typeof refusal === 'string') this.refuse(refusal);
      }
    }
    this.addState(reply);
  }

  protected answeredBy(): string | undefined {
    return this.response.model;
  }

  protected finishReason(raw: string, hasToolCalls: boolean): FinishReason {
    return mapOpenAIFinishReason(this.refused ? 'content_filter' : raw, hasToolCalls);
  }

  protected usage(output: string): Usage {
    return convertOpenAIResponsesUsage(this.response.usage, this.options, output);
  }

  protected lastWords(): unknown {
    const { id, model, status } = this.response;
    return { id, model, status };
  }

  private refuse(words: string): void {
    this.text += words;
    this.refused = true;
  }

  /** Calls are taken when they are done; their fragments are announcements only. */
  private addCall(value: unknown, index: number | null | undefined): void {
    const item = fieldsOf(value) as OpenAIOutputItem;
    if (item.type !== 'function_call') return;
    this.assembler.add({ index, id: item.call_id, name: item.name, arguments: item.arguments });
  }

  private addState(response: OpenAIResponse): void {
    const { id, status } = response;
    if (!id && !status) return;
    this.response = response;
    this.isRecognised = true;
    if (status === 'incomplete') this.rawFinishReason = String(response.incomplete_details?.reason ?? status);
    else if (status === 'completed' || status === 'cancelled') this.rawFinishReason = status;
  }
}
