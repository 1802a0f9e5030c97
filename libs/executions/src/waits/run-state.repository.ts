import { Injectable } from '@nestjs/common';
import { type EffectRecord, NO_USAGE, type Usage, type WaitAnswer } from '#kernel';
import { OrgContext, OrgDatabase } from '#tenancy';
import { payloadOf, wholeValue } from '../payloads/whole-value.js';
import type { GivenAnswer, KnownWait } from './known-wait.js';

/** What the next attempt at a run must know, apart from its finished steps. */
export interface ResumedState {
  readonly lastSeq: number;
  /** What its model calls have used, whatever became of the steps that made them. */
  readonly spent: Usage;
  readonly wakes: number;
  readonly waits: readonly KnownWait[];
  readonly effects: readonly EffectRecord[];
}

/** JSON has no undefined: what is absent in an answer comes as null. */
type StoredAnswer = { readonly [Field in keyof WaitAnswer]: WaitAnswer[Field] | null };

/** Where a run stands, as its attempts read it: count of answers and answers always of the same moment. */
@Injectable()
export class RunStateRepository {
  constructor(private readonly database: OrgDatabase) {}

  async find(executionId: string): Promise<ResumedState> {
    const [row] = await this.rows<Omit<ResumedState, 'waits'> & { waits: (KnownWait & LargeData)[] }>(
      `SELECT e.wakes,
              coalesce((SELECT max(v.last_seq) FROM execution_event v WHERE v.execution_id = e.id), 0)::int AS "lastSeq",
              (SELECT json_build_object('inputTokens', coalesce(sum(g.input_tokens), 0), 'outputTokens', coalesce(sum(g.output_tokens), 0),
                        'cachedInputTokens', coalesce(sum(g.cached_input_tokens), 0),
                        'costMicroUsd', CASE WHEN count(*) = count(g.cost_micro_usd) THEN coalesce(sum(g.cost_micro_usd), 0) END)
                 FROM generation g WHERE g.org_id = e.org_id AND g.execution_id = e.id) AS spent,
              (SELECT coalesce(json_agg(json_build_object('id', w.id, 'path', w.path, 'key', w.key, 'kind', w.kind,
                        'dueAt', (extract(epoch FROM w.due_at) * 1000)::bigint, 'runId', w.run_id, 'state', w.state, 'answer', w.answer, 'data', ${ANSWER_DATA})), '[]')
                 FROM wait w WHERE w.org_id = e.org_id AND w.execution_id = e.id AND w.state <> 'void') AS waits,
              (SELECT coalesce(json_agg(json_build_object('path', f.path, 'call', f.call, 'round', f.round, 'state', f.state,
                        'requestHash', f.request_hash, 'response', ${wholeValue('f', 'response', 'f.execution_id')})), '[]')
                 FROM effect f WHERE f.org_id = e.org_id AND f.execution_id = e.id) AS effects
         FROM execution e WHERE e.org_id = $1 AND e.id = $2`,
      executionId,
    );
    if (!row) return { lastSeq: 0, spent: NO_USAGE, wakes: 0, waits: [], effects: [] };
    return { ...row, waits: row.waits.map(({ data, ...wait }) => ({ ...wait, answer: answerOf(wait.answer, data) })) };
  }

  /** Answers that an attempt may not have heard of yet. */
  async findAnswers(executionId: string): Promise<{ wakes: number; answers: GivenAnswer[] }> {
    const [row] = await this.rows<{
      wakes: number;
      answers: { waitId: string; answer: StoredAnswer; data: unknown }[];
    }>(
      `SELECT e.wakes,
              (SELECT coalesce(json_agg(json_build_object('waitId', w.id, 'answer', w.answer, 'data', ${ANSWER_DATA})), '[]')
                 FROM wait w WHERE w.org_id = e.org_id AND w.execution_id = e.id AND w.state = 'answered') AS answers
         FROM execution e WHERE e.org_id = $1 AND e.id = $2`,
      executionId,
    );
    const answers = row?.answers.map(({ waitId, answer, data }) => ({
      waitId,
      answer: answerOf(answer, data) as WaitAnswer,
    }));
    return { wakes: row?.wakes ?? 0, answers: answers ?? [] };
  }

  /**
   * What a retry takes over: the effect ledger, and the waits that were answered, as journal rows without their ids. Not
   * those answers that made it fail: another run that failed, and time that was up. Nor the sleep before a next try, so
   * that a step has all its tries again.
   */
  async findCarriedOver(executionId: string): Promise<{ waits: string[]; effects: string[] }> {
    const rows = await this.rows<{ row: string }>(
      `SELECT json_build_object('path', path, 'key', key, 'kind', kind, 'title', title, 'payload', payload, 'payload_hash', payload_hash, 'large', large,
                'form', form, 'decisions', decisions, 'due_at', due_at, 'event_name', event_name, 'event_correlation', event_correlation,
                'run_id', run_id, 'state', state, 'answer', answer, 'answered_at', answered_at)::text AS row
         FROM wait
        WHERE org_id = $1 AND execution_id = $2 AND state IN ('answered', 'closed') AND answer->>'decision' <> 'timeout'
          AND (kind <> 'run' OR answer->>'decision' = 'succeeded') AND NOT (kind = 'timer' AND key LIKE 'next-try-%')`,
      executionId,
    );
    const effects = await this.rows<{ row: string }>(
      `SELECT json_build_object('path', path, 'call', call, 'round', round, 'state', state, 'request_hash', request_hash,
                'response', response, 'large', large)::text AS row FROM effect WHERE org_id = $1 AND execution_id = $2`,
      executionId,
    );
    return { waits: rows.map(({ row }) => row), effects: effects.map(({ row }) => row) };
  }

  private rows<R>(sql: string, executionId: string): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, [OrgContext.require(), executionId]));
  }
}

/** The data of an answer when that is large, and so not in the answer itself. */
const ANSWER_DATA = `CASE WHEN w.answer->'large' IS NOT NULL THEN ${payloadOf('w', 'w.execution_id', `w.answer->'large'->'data'->>'hash'`)} END`;

interface LargeData {
  readonly data: unknown;
}

function answerOf(stored: StoredAnswer | null, largeData: unknown): WaitAnswer | null {
  if (stored === null) return null;
  const { decision, data = null, error, by } = stored;
  const whole = data ?? largeData;
  return {
    decision: decision ?? '',
    ...(whole !== null && whole !== undefined && { data: whole }),
    ...(error && { error }),
    ...(by && { by }),
  };
}
