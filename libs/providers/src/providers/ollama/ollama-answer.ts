import type { FinishReason } from '../../model/finish-reason.js';
import type { Usage } from '../../model/usage.js';
import { fieldsOf, itemsOf } from '../../wire/fields-of.js';
import { GrowingAnswer } from '../../wire/growing-answer.js';
import { convertOllamaUsage, type OllamaUsage } from './convert-ollama-usage.js';
import { mapOllamaFinishReason } from './map-ollama-finish-reason.js';
import type { OllamaReply } from './ollama-api-types.js';

/** One answer of Ollama's as it grows; lines of a stream have the shape of a whole reply. Thinking is left out. */
export class OllamaAnswer extends GrowingAnswer<OllamaReply, OllamaReply> {
  private model: string | undefined;
  private reportedUsage: OllamaUsage = {};

  get isComplete(): boolean {
    return this.isFinished;
  }

  addEvent(reply: OllamaReply): void {
    const { model, message, done, done_reason: reason, prompt_eval_count, eval_count } = reply;
    const { content, tool_calls: calls } = fieldsOf(message);
    if (model) {
      this.model = model;
      this.isRecognised = true;
    }
    if (typeof content === 'string') this.text += content;
    for (const call of itemsOf(calls)) {
      const { id, function: called } = fieldsOf(call);
      const { name, arguments: given } = fieldsOf(called);
      this.assembler.addWhole({ id, name, arguments: given });
    }
    if (done !== true) return;
    this.reportedUsage = { prompt_eval_count, eval_count };
    // Older servers end without a reason.
    this.rawFinishReason = typeof reason === 'string' && reason !== '' ? reason : 'stop';
  }

  addReply(reply: OllamaReply): void {
    this.addEvent(reply);
  }

  protected answeredBy(): string | undefined {
    return this.model;
  }

  protected finishReason(raw: string, hasToolCalls: boolean): FinishReason {
    return mapOllamaFinishReason(raw, hasToolCalls);
  }

  protected usage(output: string): Usage {
    return convertOllamaUsage(this.reportedUsage, this.options, output);
  }

  protected lastWords(): unknown {
    return { model: this.model };
  }
}
