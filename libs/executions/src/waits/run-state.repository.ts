import { Injectable } from '@nestjs/common';
import type { EffectRecord, WaitAnswer } from '#kernel';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { GivenAnswer, KnownWait } from './known-wait.js';

/** What the next attempt at a run must know, apart from its finished steps. */
export interface ResumedState {
  readonly lastSeq: number;
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
    const [row] = await this.rows<ResumedState>(
      `SELECT e.wakes,
              coalesce((SELECT max(v.last_seq) FROM execution_event v WHERE v.execution_id = e.id), 0)::int AS "lastSeq",
              (SELECT coalesce(json_agg(json_build_object('id', w.id, 'path', w.path, 'key', w.key, 'kind', w.kind,
                        'dueAt', (extract(epoch FROM w.due_at) * 1000)::bigint, 'runId', w.run_id, 'state', w.state, 'answer', w.answer)), '[]')
                 FROM wait w WHERE w.org_id = e.org_id AND w.execution_id = e.id AND w.state <> 'void') AS waits,
              (SELECT coalesce(json_agg(json_build_object('path', f.path, 'call', f.call, 'round', f.round, 'state', f.state,
                        'requestHash', f.request_hash, 'response', f.response)), '[]')
                 FROM effect f WHERE f.org_id = e.org_id AND f.execution_id = e.id) AS effects
         FROM execution e WHERE e.org_id = $1 AND e.id = $2`,
      executionId,
    );
    if (!row) return { lastSeq: 0, wakes: 0, waits: [], effects: [] };
    return { ...row, waits: row.waits.map((wait) => ({ ...wait, answer: answerOf(wait.answer) })) };
  }

  /** Answers that an attempt may not have heard of yet. */
  async findAnswers(executionId: string): Promise<{ wakes: number; answers: GivenAnswer[] }> {
    const [row] = await this.rows<{ wakes: number; answers: { waitId: string; answer: StoredAnswer }[] }>(
      `SELECT e.wakes,
              (SELECT coalesce(json_agg(json_build_object('waitId', w.id, 'answer', w.answer)), '[]')
                 FROM wait w WHERE w.org_id = e.org_id AND w.execution_id = e.id AND w.state = 'answered') AS answers
         FROM execution e WHERE e.org_id = $1 AND e.id = $2`,
      executionId,
    );
    const answers = row?.answers.map(({ waitId, answer }) => ({ waitId, answer: answerOf(answer) as WaitAnswer }));
    return { wakes: row?.wakes ?? 0, answers: answers ?? [] };
  }

  /**
   * What a retry takes over: the effect ledger, and the waits that were answered, as journal rows without their ids. Not
   * those answers that made it fail: another run that failed, and time that was up.
   */
  async findCarriedOver(executionId: string): Promise<{ waits: string[]; effects: readonly EffectRecord[] }> {
    const rows = await this.rows<{ row: string }>(
      `SELECT json_build_object('path', path, 'key', key, 'kind', kind, 'title', title, 'payload', payload, 'payload_hash', payload_hash,
                'form', form, 'decisions', decisions, 'due_at', due_at, 'event_name', event_name, 'event_correlation', event_correlation,
                'run_id', run_id, 'state', state, 'answer', answer, 'answered_at', answered_at)::text AS row
         FROM wait
        WHERE org_id = $1 AND execution_id = $2 AND state IN ('answered', 'closed') AND answer->>'decision' <> 'timeout'
          AND (kind <> 'run' OR answer->>'decision' = 'succeeded')`,
      executionId,
    );
    const { effects } = await this.find(executionId);
    return { waits: rows.map(({ row }) => row), effects };
  }

  private rows<R>(sql: string, executionId: string): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, [OrgContext.require(), executionId]));
  }
}

function answerOf(stored: StoredAnswer | null): WaitAnswer | null {
  if (stored === null) return null;
  const { decision, data, error, by } = stored;
  return {
    decision: decision ?? '',
    ...(data !== null && data !== undefined && { data }),
    ...(error && { error }),
    ...(by && { by }),
  };
}
