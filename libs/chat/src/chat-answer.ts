import { setTimeout as sleep } from 'node:timers/promises';
import { EventStreamAnswer } from '#executions';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ChatAnswerResponse, MessageResponse } from './dto/conversation.dto.js';
import { ChatSessions, type Begun } from './turns/chat-sessions.js';
import type { ChatMessage } from './turns/chat-turns.js';
import type { Message } from './turns/message.entity.js';
import { MessagesRepository } from './turns/messages.repository.js';
import { isOver } from './turns/message-state.js';
import { TurnProgress } from './turns/turn-progress.js';
import { TurnRuns } from './turns/turn-runs.js';
import { refusalOf } from './refused-turn.js';

/** How often a message that waits for its turn is looked at. */
const LOOK_EVERY_MS = 150;

/** A stream waits this long for the turns before its own. */
const QUEUED_STREAM_SECONDS = 300;

/** Takes a message in and answers as it was asked: with the answer, or with the events of the turn's run. */
@Injectable()
export class ChatAnswer {
  constructor(
    private readonly sessions: ChatSessions,
    private readonly messages: MessagesRepository,
    private readonly turns: TurnRuns,
    private readonly progress: TurnProgress,
    private readonly streams: EventStreamAnswer,
  ) {}

  /**
   * 200 with the answer, or 202 when that takes longer than `waitSeconds` or first needs somebody to decide.
   * @throws AppError for a turn that was refused: no budget, no such model, a blocked text
   */
  async send(said: ChatMessage, waitSeconds: number, response: Response): Promise<void> {
    const gone = goneOf(response);
    const timeOut = AbortSignal.any([gone, AbortSignal.timeout(waitSeconds * 1000)]);
    const begun = await this.begin(said, response);
    const message = waitSeconds === 0 ? await this.takenIn(begun) : await this.answered(begun, timeOut);
    const refusal = refusalOf(message);
    if (refusal) throw refusal;
    const answer = await this.messages.findAnswer(message);
    const { executionId } = message;
    const body: ChatAnswerResponse = {
      conversationId: message.conversationId,
      executionId,
      message: MessageResponse.from(message),
      answer: answer && MessageResponse.from(answer),
      waits: waitSeconds === 0 ? [] : await this.questionsOf(message),
    };
    response.status(isOver(message.state) ? 200 : 202).json(body);
  }

  /** The events of the turn's run, from the first. */
  async sendStream(said: ChatMessage, response: Response): Promise<void> {
    const begun = await this.begin(said, response);
    const { live } = begun;
    if (live) return this.streams.sendFresh(live.executionId, live.accepted, response);
    const patience = AbortSignal.any([goneOf(response), AbortSignal.timeout(QUEUED_STREAM_SECONDS * 1000)]);
    const message = await this.begunTurn(begun.message, patience);
    if (message.executionId !== null) return this.streams.send(message.executionId, 0, response);
    // Its turn never came: it had to give way, or waits still.
    response.status(isOver(message.state) ? 200 : 202).json({
      conversationId: message.conversationId,
      executionId: null,
      message: MessageResponse.from(message),
      answer: null,
      waits: [],
    } satisfies ChatAnswerResponse);
  }

  private async begin(said: ChatMessage, response: Response): Promise<Begun> {
    const begun = await this.sessions.begin(said);
    response.setHeader('Location', `/api/v1/conversations/${begun.message.conversationId}`);
    response.setHeader('X-Conversation-Id', begun.message.conversationId);
    if (begun.replayed) response.setHeader('Idempotent-Replayed', 'true');
    return begun;
  }

  /** Its run is there, if it is its turn. */
  private async takenIn({ message, live }: Begun): Promise<Message> {
    await live?.accepted.catch(() => undefined);
    return message;
  }

  private async answered({ message, live }: Begun, signal: AbortSignal): Promise<Message> {
    // A run that this process could not commit, or lost, is another one's: the message is committed and is answered.
    const here = live ? await untilAborted(live.ended, signal).catch(() => false) : false;
    if (!here) await this.otherwiseAnswered(message, signal);
    await this.turns.goOn(message.conversationId, 'interactive');
    return (await this.messages.find(message.id)) ?? message;
  }

  /** In another process, on the queue, or not even begun. */
  private async otherwiseAnswered(message: Message, signal: AbortSignal): Promise<void> {
    const begun = await this.begunTurn(message, signal);
    if (begun.state !== 'active' || begun.executionId === null) return;
    await this.progress.untilAtRest(begun.executionId, signal);
  }

  private async questionsOf({ state, executionId }: Message): Promise<ChatAnswerResponse['waits']> {
    return state === 'active' && executionId !== null ? this.progress.questions(executionId) : [];
  }

  /** The message once its turn has begun, or as it stands when nobody waits any more. */
  private async begunTurn(message: Message, signal: AbortSignal): Promise<Message> {
    let latest = message;
    while (latest.state === 'queued' && !signal.aborted) {
      await sleep(LOOK_EVERY_MS);
      latest = (await this.messages.find(message.id)) ?? { ...latest, state: 'cancelled' };
    }
    return latest;
  }
}

function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return gone.signal;
}

/** Whether the run has come to an end, or to a wait, in this process. Rejects as `work` does. */
function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) resolve(true);
    signal.addEventListener('abort', () => resolve(true), { once: true });
    work.then(() => resolve(true), reject);
  });
}
