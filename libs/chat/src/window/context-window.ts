import { Injectable } from '@nestjs/common';
import type { ModelTurn } from '#kernel';
import { estimateTokens } from '#providers';
import type { PastTurn } from '../turns/messages.repository.js';
import { RelevantTurns } from './relevant-turns.js';
import { type TokenCounter, TOKENS_PER_MESSAGE } from './token-counter.js';

/** Counting is an estimate, and templates grow when they are filled in. */
const SAFETY = 0.9;
/** Of the room for history: what the summary and the old turns that bear on the message may take of it. */
const SUMMARY_SHARE = 0.25;
const RELEVANT_SHARE = 0.3;
const MAX_RELEVANT = 8;
/** How many of the most similar turns are looked at whether they fit. */
const MAX_RANKED = 40;
/** The room that turns without a summary may take before it is time for a new one, of the whole window. */
const SUMMARISE_AT = 0.15;

export interface WindowRequest {
  readonly windowTokens: number;
  /** Of the agent's own texts: system prompt and the rest of its prompt. */
  readonly ownTokens: number;
  readonly message: string;
  /** Newest first. */
  readonly past: readonly PastTurn[];
  readonly summary: string | null;
  /** The last turn that the summary speaks of. */
  readonly summaryTurn: number;
  readonly count: TokenCounter;
}

export interface FilledWindow {
  /** Oldest first. */
  readonly history: readonly ModelTurn[];
  /** Turns that no longer fit and that no summary speaks of, oldest first; empty while they are few. */
  readonly toSummarise: readonly PastTurn[];
}

/** Chooses what a model is told of a conversation: the summary of what is long ago, old turns that bear on the message, and the last turns. */
@Injectable()
export class ContextWindow {
  constructor(private readonly relevant: RelevantTurns) {}

  async fill(request: WindowRequest): Promise<FilledWindow> {
    const { windowTokens, ownTokens, message, past, count } = request;
    const tokensOf = (turn: PastTurn): number => count(turn.user) + count(turn.assistant) + 2 * TOKENS_PER_MESSAGE;
    const room = Math.max(0, Math.floor(windowTokens * SAFETY) - ownTokens - count(message) - 2 * TOKENS_PER_MESSAGE);
    const everything = takeWhile(past, room, tokensOf);
    if (everything.length === past.length) return { history: past.toReversed().flatMap(toTurns), toSummarise: [] };

    const summary = this.summaryFor(request, room * SUMMARY_SHARE);
    const summaryTokens = summary === null ? 0 : count(summary) + TOKENS_PER_MESSAGE;
    const relevantRoom = Math.floor(room * RELEVANT_SHARE);
    const recent = takeWhile(past, room - summaryTokens - relevantRoom, tokensOf);
    const older = past.slice(recent.length);
    const ranked = await this.relevant.rank(message, older);
    const chosen = takeFitting(ranked.slice(0, MAX_RANKED), relevantRoom, tokensOf, MAX_RELEVANT);
    const unsummarised = older.filter(({ turn }) => turn > request.summaryTurn);
    const waiting = unsummarised.reduce((sum, { user, assistant }) => sum + estimateTokens(user + assistant), 0);
    return {
      history: [
        ...(summary === null ? [] : [{ role: 'system', content: summary } as const]),
        ...chosen.toSorted((one, other) => one.turn - other.turn).flatMap(toTurns),
        ...recent.toReversed().flatMap(toTurns),
      ],
      toSummarise: waiting > windowTokens * SUMMARISE_AT ? unsummarised.toReversed() : [],
    };
  }

  private summaryFor({ summary, count }: WindowRequest, room: number): string | null {
    if (summary === null) return null;
    const text = `Summary of the conversation so far:\n${summary}`;
    const tokens = count(text);
    return tokens <= room ? text : text.slice(0, Math.floor((text.length * room) / tokens));
  }
}

function toTurns({ user, assistant }: PastTurn): ModelTurn[] {
  return [
    { role: 'user', content: user },
    { role: 'assistant', content: assistant, toolCalls: [] },
  ];
}

/** The first ones, as long as they fit. */
function takeWhile<T>(items: readonly T[], room: number, sizeOf: (item: T) => number): readonly T[] {
  let left = room;
  const end = items.findIndex((item) => (left -= sizeOf(item)) < 0);
  return end === -1 ? items : items.slice(0, end);
}

/** Those that fit, passing over what does not. */
function takeFitting<T>(items: readonly T[], room: number, sizeOf: (item: T) => number, most: number): readonly T[] {
  let left = room;
  const taken: T[] = [];
  for (const item of items) {
    const size = sizeOf(item);
    if (size > left) continue;
    left -= size;
    taken.push(item);
    if (taken.length === most) break;
  }
  return taken;
}
