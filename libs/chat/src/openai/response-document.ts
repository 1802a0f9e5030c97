import type { SpokenCall } from '../spoken-text.js';
import type { WholeAnswer } from './answer-progress.js';
import type { EndedRun } from './openai-runs.js';
import type { ResponseBody } from './response-request.js';

/** A `response` object of the Responses API as it grows. */
export class ResponseDocument {
  readonly messageId: string;
  private readonly createdAt = Math.floor(Date.now() / 1000);

  constructor(
    private readonly executionId: string,
    private readonly body: ResponseBody,
  ) {
    this.messageId = `msg_${executionId}`;
  }

  inProgress(): object {
    return { ...this.base(), status: 'in_progress', output: [], usage: null };
  }

  failed({ code, message }: { code: string; message: string }): object {
    return { ...this.base(), status: 'failed', error: { code, message }, output: [], usage: null };
  }

  whole({ text, toolCalls, finishReason, usage }: WholeAnswer & Pick<EndedRun, 'usage'>): object {
    const isCut = finishReason === 'length' || finishReason === 'content_filter';
    const output = [
      ...(text === '' && toolCalls.length > 0 ? [] : [messageItem(this.messageId, text)]),
      ...toolCalls.map(functionCallItem),
    ];
    return {
      ...this.base(),
      status: isCut ? 'incomplete' : 'completed',
      incomplete_details: isCut ? { reason: finishReason === 'length' ? 'max_output_tokens' : 'content_filter' } : null,
      output,
      usage: {
        input_tokens: usage.inputTokens,
        input_tokens_details: { cached_tokens: usage.cachedInputTokens },
        output_tokens: usage.outputTokens,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    };
  }

  private base(): object {
    const {
      model,
      instructions,
      previous_response_id: previous,
      temperature,
      top_p: topP,
      tools,
      tool_choice: choice,
    } = this.body;
    return {
      id: `resp_${this.executionId}`,
      object: 'response',
      created_at: this.createdAt,
      model,
      error: null,
      incomplete_details: null,
      instructions: instructions ?? null,
      max_output_tokens: this.body.max_output_tokens ?? null,
      previous_response_id: previous ?? null,
      parallel_tool_calls: true,
      temperature: temperature ?? null,
      top_p: topP ?? null,
      tools: tools ?? [],
      tool_choice: choice ?? 'auto',
      text: this.body.text ?? { format: { type: 'text' } },
      metadata: this.body.metadata ?? {},
      store: true,
    };
  }
}

export function textPart(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

export function messageItem(id: string, text: string) {
  return { id, type: 'message', role: 'assistant', status: 'completed', content: [textPart(text)] };
}

export function functionCallItem({ id, name, arguments: args }: SpokenCall) {
  return {
    id: `fc_${id}`,
    type: 'function_call',
    call_id: id,
    name,
    arguments: JSON.stringify(args),
    status: 'completed',
  };
}
