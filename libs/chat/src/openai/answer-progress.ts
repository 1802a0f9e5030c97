import { answerText } from '../answer-text.js';
import { type HeardEvent, type SpokenCall, SpokenText } from '../spoken-text.js';

/** The end of an answer, in neither of OpenAI's forms yet. */
export interface WholeAnswer {
  readonly text: string;
  readonly toolCalls: readonly SpokenCall[];
  readonly finishReason: 'stop' | 'length' | 'tool_calls' | 'content_filter';
}

interface ModelOutput {
  readonly text?: unknown;
  readonly finishReason?: unknown;
}

/**
 * Turns the events of a run into pieces of one answer. A step that is tried again says its beginning again: that is
 * not passed on twice, because what a client was shown cannot be taken back.
 */
export class AnswerProgress {
  private readonly spoken = new SpokenText();
  private readonly shown = new Map<string, string>();
  private isBegun = false;
  private lastStep = '';

  /** @param speakers ids of the nodes whose text is the answer */
  constructor(private readonly speakers: ReadonlySet<string>) {}

  /** @returns what is to be shown now */
  hear(event: HeardEvent): string {
    const { type, stepId = '' } = event;
    this.spoken.hear(event);
    if (type !== 'text-delta' || !this.speakers.has(stepId.split('/', 1)[0] ?? '')) return '';
    const [full, before] = [this.spoken.text, this.shown.get(stepId) ?? ''];
    if (full.length <= before.length || !full.startsWith(before)) return '';
    const gap = this.isBegun && stepId !== this.lastStep ? '\n\n' : '';
    this.shown.set(stepId, full);
    this.lastStep = stepId;
    this.isBegun = true;
    return gap + full.slice(before.length);
  }

  /** What is still to be shown at the end: the output, unless it is what was said. */
  rest({ text }: WholeAnswer): string {
    if (!this.isBegun) return text;
    const said = this.shown.get(this.lastStep) ?? '';
    return text.startsWith(said) ? text.slice(said.length) : '';
  }

  /** @param tools whether the client has brought tools, so that calls of them are its to make */
  whole(output: unknown, tools: boolean): WholeAnswer {
    const toolCalls = tools ? this.spoken.toolCalls : [];
    const { text, finishReason } = (output ?? {}) as ModelOutput;
    if (toolCalls.length > 0) {
      return { text: typeof text === 'string' ? text : '', toolCalls, finishReason: 'tool_calls' };
    }
    const reason = finishReason === 'length' ? 'length' : finishReason === 'content-filter' ? 'content_filter' : 'stop';
    return { text: answerText(output), toolCalls, finishReason: reason };
  }
}
