import { ExecutionsQueries, isFinal } from '#executions';
import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { answerText } from '../answer-text.js';
import { SpokenText } from '../spoken-text.js';
import type { MessageState } from './message-state.js';

/** Bounds the reading of one log; a page holds many commits. */
const MAX_EVENT_PAGES = 100;

/** Of what the conversation keeps of an answer; the run has the whole. */
const MAX_ANSWER_CHARACTERS = 1_000_000;

/** How a turn came out, as its run says. */
export interface TurnOutcome {
  readonly state: Extract<MessageState, 'answered' | 'failed' | 'cancelled'>;
  /** Null when nothing was said. */
  readonly answer: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly simulated: boolean;
  /** State that the run leaves to later turns. */
  readonly session: Record<string, unknown> | null;
}

/** Reads what runs have said. */
@Injectable()
export class TurnOutcomes {
  constructor(private readonly executions: ExecutionsQueries) {}

  /** Null while the run goes on, and before it is there. */
  async find(executionId: string): Promise<TurnOutcome | null> {
    const run = await this.executions.getWithOutput(executionId).catch(nullIfMissing);
    if (run === null || !isFinal(run.status)) return null;
    const spoken = await this.spoken(executionId);
    if (run.status === 'succeeded') {
      const answer = answerText(run.output).slice(0, MAX_ANSWER_CHARACTERS);
      return { state: 'answered', answer, error: null, simulated: spoken.simulated, session: sessionIn(run.output) };
    }
    const { code = 'run.failed', message = 'The run failed.' } = run.error ?? {};
    const state = run.status === 'cancelled' ? 'cancelled' : 'failed';
    return { state, answer: spoken.text || null, error: { code, message }, simulated: spoken.simulated, session: null };
  }

  /** Null before the run is there. */
  spokenSoFar(executionId: string): Promise<SpokenText | null> {
    return this.spoken(executionId).catch(nullIfMissing);
  }

  private async spoken(executionId: string): Promise<SpokenText> {
    const spoken = new SpokenText();
    let after = 0;
    for (let page = 0; page < MAX_EVENT_PAGES; page += 1) {
      const { data, lastSeq } = await this.executions.events(executionId, after);
      for (const event of data) spoken.hear(event);
      if (data.length === 0) break;
      after = lastSeq;
    }
    return spoken;
  }
}

function nullIfMissing(error: unknown): null {
  if (error instanceof AppError && error.kind === 'not_found') return null;
  throw error;
}

function sessionIn(output: unknown): Record<string, unknown> | null {
  const session = typeof output === 'object' && output !== null ? (output as { session?: unknown }).session : undefined;
  return typeof session === 'object' && session !== null && !Array.isArray(session)
    ? (session as Record<string, unknown>)
    : null;
}
