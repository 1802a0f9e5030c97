import type { ModelImage, ModelTurn } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AppError, toOpenAiError, toProblem } from '#platform/errors';
import { isId } from '#platform/ids';
import { answerText } from '../answer-text.js';
import type { SpokenCall } from '../spoken-text.js';
import type { WholeAnswer } from './answer-progress.js';
import { Answers, type Answering } from './answering.js';
import { EventSender, type OpenAiEvent } from './event-sender.js';
import { goneOf } from './gone.js';
import { nameRun } from './name-run.js';
import { type EndedRun, OpenAiRuns, type RunRequest } from './openai-runs.js';
import { type ResponseBody, toAskedResponse } from './response-request.js';
import { functionCallItem, messageItem, ResponseDocument, textPart } from './response-document.js';

/** `POST /v1/responses`: the answer in OpenAI's newer form. */
@Injectable()
export class Responses {
  constructor(
    private readonly answers: Answers,
    private readonly runs: OpenAiRuns,
    private readonly sender: EventSender,
  ) {}

  /** @throws AppError before anything is sent */
  async send(body: ResponseBody, idempotency: RunRequest['idempotency'], response: Response): Promise<void> {
    const earlier = body.previous_response_id ? await this.conversation(body.previous_response_id) : [];
    const answering = await this.answers.begin(toAskedResponse(body, earlier), idempotency, goneOf(response));
    nameRun(answering, response);
    const document = new ResponseDocument(answering.executionId, body);
    if (body.stream) {
      await this.sender.send(events(document, answering), response, { errorEvent: 'error' });
      return;
    }
    const pieces = answering.pieces();
    let next = await pieces.next();
    while (!next.done) next = await pieces.next();
    response.status(200).json(document.whole(next.value));
  }

  /** Everything said up to an earlier response of the same client. @throws AppError not found */
  private async conversation(responseId: string): Promise<readonly ModelTurn[]> {
    const executionId = /^resp_(.+)$/.exec(responseId)?.[1] ?? '';
    const run = isId(executionId) ? await this.runs.find(executionId) : null;
    if (run?.status !== 'succeeded') {
      throw new AppError(
        'not_found',
        'openai.response_not_found',
        `There is no response "${responseId.slice(0, 100)}" of yours.`,
      );
    }
    return [...turnsGiven(run.input), answerGiven(run.output)];
  }
}

function turnsGiven(input: unknown): ModelTurn[] {
  const { generate } = input as { generate?: Said & { prompt: string } };
  if (generate) {
    const { history = [], prompt, images = [], turns = [] } = generate;
    return [...history, { role: 'user', content: prompt, images }, ...turns];
  }
  const { history = [], message, images = [], turns = [] } = input as Said & { message: string };
  // Instructions hold for one response; the next one brings its own.
  return [...history.filter(({ role }) => role !== 'system'), { role: 'user', content: message, images }, ...turns];
}

type Said = { readonly history?: ModelTurn[]; readonly images?: ModelImage[]; readonly turns?: ModelTurn[] };

function answerGiven(output: unknown): ModelTurn {
  const { toolCalls } = (output ?? {}) as { toolCalls?: SpokenCall[] };
  const calls = toolCalls ?? [];
  return { role: 'assistant', content: calls.length > 0 ? '' : answerText(output), toolCalls: calls };
}

/** In the order in which the official client expects them; each with the next sequence number. */
async function* events(document: ResponseDocument, answering: Answering): AsyncGenerator<OpenAiEvent, void> {
  let number = 0;
  const event = (type: string, data: object): OpenAiEvent => ({
    event: type,
    data: { type, sequence_number: number++, ...data },
  });
  const pieces = answering.pieces();
  let next = await pieces.next();
  yield event('response.created', { response: document.inProgress() });
  yield event('response.in_progress', { response: document.inProgress() });
  let text = '';
  const place = { item_id: document.messageId, output_index: 0, content_index: 0 };
  if (!next.done) {
    yield event('response.output_item.added', {
      output_index: 0,
      item: { ...messageItem(document.messageId, ''), status: 'in_progress', content: [] },
    });
    yield event('response.content_part.added', { ...place, part: textPart('') });
  }
  let failure: unknown;
  let whole: (WholeAnswer & Pick<EndedRun, 'usage'>) | null = null;
  try {
    for (; !next.done; next = await pieces.next()) {
      text += next.value;
      yield event('response.output_text.delta', { ...place, delta: next.value, logprobs: [] });
    }
    whole = next.value;
  } catch (error) {
    failure = error;
  }
  if (whole === null) {
    const { error } = toOpenAiError(toProblem(failure, ''));
    yield event('response.failed', { response: document.failed(error) });
    return;
  }
  if (text !== '') {
    yield event('response.output_text.done', { ...place, text, logprobs: [] });
    yield event('response.content_part.done', { ...place, part: textPart(text) });
    yield event('response.output_item.done', { output_index: 0, item: messageItem(document.messageId, text) });
  }
  const before = text === '' ? 0 : 1;
  for (const [index, call] of whole.toolCalls.entries()) {
    const item = functionCallItem(call);
    const where = { item_id: item.id, output_index: before + index };
    yield event('response.output_item.added', {
      output_index: before + index,
      item: { ...item, arguments: '', status: 'in_progress' },
    });
    yield event('response.function_call_arguments.delta', { ...where, delta: item.arguments });
    yield event('response.function_call_arguments.done', { ...where, name: item.name, arguments: item.arguments });
    yield event('response.output_item.done', { output_index: before + index, item });
  }
  yield event('response.completed', { response: document.whole({ ...whole, text }) });
}
