import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { SpokenCall } from '../spoken-text.js';
import type { WholeAnswer } from './answer-progress.js';
import { Answers, type Answering } from './answering.js';
import { type ChatCompletionBody, toAskedCompletion } from './chat-completion-request.js';
import { EventSender, type OpenAiEvent } from './event-sender.js';
import { goneOf } from './gone.js';
import { nameRun } from './name-run.js';
import type { EndedRun, RunRequest } from './openai-runs.js';

/** `POST /v1/chat/completions`: the answer in OpenAI's older form. */
@Injectable()
export class ChatCompletions {
  constructor(
    private readonly answers: Answers,
    private readonly sender: EventSender,
  ) {}

  /** @throws AppError before anything is sent */
  async send(body: ChatCompletionBody, idempotency: RunRequest['idempotency'], response: Response): Promise<void> {
    const asked = toAskedCompletion(body);
    const answering = await this.answers.begin(asked, idempotency, goneOf(response));
    nameRun(answering, response);
    const base = { id: `chatcmpl-${answering.executionId}`, created: Math.floor(Date.now() / 1000), model: body.model };
    if (body.stream) {
      const withUsage = body.stream_options?.include_usage === true;
      await this.sender.send(chunks(base, answering, withUsage), response, { last: '[DONE]' });
      return;
    }
    const pieces = answering.pieces();
    let next = await pieces.next();
    while (!next.done) next = await pieces.next();
    response.status(200).json(completion(base, next.value));
  }
}

interface Base {
  readonly id: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly model: string;
}

function completion(
  base: Base,
  { text, toolCalls, finishReason, usage }: WholeAnswer & Pick<EndedRun, 'usage'>,
): unknown {
  return {
    ...base,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: toolCalls.length > 0 && text === '' ? null : text,
          refusal: null,
          ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toCall) }),
        },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage: usageOf(usage),
  };
}

async function* chunks(base: Base, answering: Answering, withUsage: boolean): AsyncGenerator<OpenAiEvent, void> {
  const chunk = (delta: unknown, finishReason: string | null = null): OpenAiEvent => ({
    data: {
      ...base,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(withUsage && { usage: null }),
    },
  });
  const pieces = answering.pieces();
  let next = await pieces.next();
  yield chunk({ role: 'assistant', content: '', refusal: null });
  for (; !next.done; next = await pieces.next()) yield chunk({ content: next.value });
  const { toolCalls, finishReason, usage } = next.value;
  for (const [index, call] of toolCalls.entries()) yield chunk({ tool_calls: [{ index, ...toCall(call) }] });
  yield chunk({}, finishReason);
  if (withUsage) yield { data: { ...base, object: 'chat.completion.chunk', choices: [], usage: usageOf(usage) } };
}

function toCall({ id, name, arguments: args }: SpokenCall) {
  return { id, type: 'function', function: { name, arguments: JSON.stringify(args) } };
}

function usageOf({ inputTokens, outputTokens, cachedInputTokens }: EndedRun['usage']) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: cachedInputTokens },
  };
}
