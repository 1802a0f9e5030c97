import { Injectable } from '@nestjs/common';
import type { WaitAnswer } from '#kernel';
import { OrgContext, OrgDatabase } from '#tenancy';
import { jsonText } from '../json-text.js';
import { largeText, type LargeValue } from '../payloads/payload.js';
import { storePayloads } from '../payloads/whole-value.js';
import { RunWaker, type WokenRun } from './run-waker.js';

/** Bounds one statement. */
const ROUND_LIMIT = 500;

/** Rounds of one event; runs that are being written to at that moment are left to the next round. */
const MAX_EVENT_ROUNDS = 200;

interface AnsweredRun extends WokenRun {
  readonly answered: number;
}

/** Answers waits, each once. A run is locked before its waits, as the journal does it, and told after the commit. */
@Injectable()
export class WaitAnswers {
  constructor(
    private readonly database: OrgDatabase,
    private readonly waker: RunWaker,
  ) {}

  /**
   * Answers one wait of the open organisation.
   * @returns false when it was not open any more
   */
  async give(waitId: string, answer: WaitAnswer, userId: string | null): Promise<boolean> {
    const { text, large } = stored(answer);
    const parameters = [OrgContext.require(), waitId, text, userId, ...(large ? payloadParameters(large) : [])];
    const statement = answerStatement(ONE_OF_THE_ORGANISATION, { payloads: large && givenPayload(5) });
    const runs = await this.inOrganisation(statement, parameters);
    return runs.length > 0;
  }

  /** Answers every open event wait of the organisation with this name that asks for no other correlation. @returns how many */
  async receive(name: string, correlation: string | null, answer: WaitAnswer, userId: string | null): Promise<number> {
    const { text, large } = stored(answer);
    const payloads = large && givenPayload(6);
    const parameters = [
      OrgContext.require(),
      name,
      correlation,
      text,
      userId,
      ...(large ? payloadParameters(large) : []),
    ];
    let count = 0;
    for (let round = 0; round < MAX_EVENT_ROUNDS; round += 1) {
      const locking = round % 2 === 0 ? 'SKIP LOCKED' : '';
      const limit = locking === '' ? 1 : ROUND_LIMIT;
      const runs = await this.inOrganisation(
        answerStatement(EVENTS_OF_THE_ORGANISATION, { locking, limit, payloads }),
        parameters,
      );
      // Everything that was not being written to is done; what is left goes one by one, or there is nothing left.
      if (runs.length === 0 && locking === '') break;
      count += runs.reduce((sum, { answered }) => sum + answered, 0);
    }
    return count;
  }

  /** Answers what is due by the database's clock. @returns how many */
  due(): Promise<number> {
    return this.everywhere(answerStatement(DUE, { locking: 'SKIP LOCKED', limit: ROUND_LIMIT }), []);
  }

  /** The same for one run. @returns how many */
  dueOf(executionId: string): Promise<number> {
    return this.everywhere(answerStatement(`${DUE} AND w.execution_id = $1`, { limit: ROUND_LIMIT }), [executionId]);
  }

  /** Answers the step that waits for this run, if it has ended and there is one. @returns how many */
  ended(runId: string): Promise<number> {
    return this.everywhere(
      answerStatement(`${ENDED_RUNS} AND c.id = $1`, { limit: ROUND_LIMIT, payloads: OUTPUT_OF_THE_OTHER_RUN }),
      [runId],
    );
  }

  /** Answers every step that waits for a run which has ended. @returns how many */
  allEnded(): Promise<number> {
    return this.everywhere(
      answerStatement(ENDED_RUNS, { locking: 'SKIP LOCKED', limit: ROUND_LIMIT, payloads: OUTPUT_OF_THE_OTHER_RUN }),
      [],
    );
  }

  /** Answers the steps that wait for money, as many of each budget as it has room for now, oldest first. @returns how many */
  funded(userDayPreset: number): Promise<number> {
    return this.everywhere(answerStatement(FUNDED, { locking: 'SKIP LOCKED', limit: ROUND_LIMIT }), [userDayPreset]);
  }

  private async everywhere(sql: string, parameters: unknown[]): Promise<number> {
    const runs = await this.database.acrossOrgsStatement<AnsweredRun>(
      'timers and ended runs of every organisation answer waits',
      sql,
      parameters,
    );
    await this.waker.wake(runs);
    return runs.reduce((sum, { answered }) => sum + answered, 0);
  }

  private async inOrganisation(sql: string, parameters: unknown[]): Promise<AnsweredRun[]> {
    const runs = await this.database.transaction((manager) => manager.query<AnsweredRun[]>(sql, parameters));
    this.database.afterCommit(() => void this.waker.wake(runs));
    return runs;
  }
}

/** What is left of a run that is gone or over must not stand in the way of what can be answered. */
const OF_AN_OPEN_RUN = `
     AND EXISTS (SELECT 1 FROM execution e WHERE e.id = w.execution_id AND e.status IN ('queued', 'running', 'waiting'))`;

const ONE_OF_THE_ORGANISATION = `
  SELECT w.id, w.execution_id, $3::json AS answer, $4::uuid AS user_id
    FROM wait w WHERE w.org_id = $1 AND w.id = $2 AND w.state = 'open'`;

const EVENTS_OF_THE_ORGANISATION = `
  SELECT w.id, w.execution_id, $4::json AS answer, $5::uuid AS user_id
    FROM wait w
   WHERE w.org_id = $1 AND w.event_name = $2 AND w.state = 'open'
     AND (w.event_correlation IS NULL OR w.event_correlation = $3::text)`;

const DUE = `
  SELECT w.id, w.execution_id, NULL::uuid AS user_id,
         CASE w.kind
           WHEN 'timer' THEN json_build_object('decision', 'due', 'data', (extract(epoch FROM w.due_at) * 1000)::bigint)
           ELSE json_build_object('decision', 'timeout')
         END AS answer
    FROM wait w WHERE w.state = 'open' AND w.due_at <= now()`;

const ENDED_RUNS = `
  SELECT w.id, w.execution_id, NULL::uuid AS user_id,
         CASE WHEN c.large->'output' IS NULL THEN json_build_object('decision', c.status, 'data', c.output, 'error', c.error)
              ELSE json_build_object('decision', c.status, 'large', json_build_object('data', c.large->'output')) END AS answer
    FROM wait w
    JOIN execution c ON c.id = w.run_id AND c.org_id = w.org_id
                    AND c.status IN ('succeeded', 'failed', 'cancelled', 'timed_out')
   WHERE w.state = 'open' AND w.kind = 'run'`;

const FUNDED = `
  SELECT w.id, w.execution_id, NULL::uuid AS user_id, json_build_object('decision', 'funded') AS answer
    FROM (SELECT o.id, o.execution_id, o.org_id, o.payload->>'budget' AS budget, o.payload->>'subjectId' AS subject,
                 sum((o.payload->>'neededMicroUsd')::bigint)
                   OVER (PARTITION BY o.org_id, o.payload->>'budget', o.payload->>'subjectId' ORDER BY o.id) AS line
            FROM wait o WHERE o.state = 'open' AND o.kind = 'budget' AND o.payload->>'budget' <> 'tokens_minute') w
    JOIN (SELECT g.org_id, g.budget, g.subject, spending_room(g.org_id, g.budget, g.subject::uuid, $1) AS room
            FROM (SELECT DISTINCT org_id, payload->>'budget' AS budget, payload->>'subjectId' AS subject
                    FROM wait WHERE state = 'open' AND kind = 'budget' AND payload->>'budget' <> 'tokens_minute') g) r
      ON r.org_id = w.org_id AND r.budget = w.budget AND r.subject = w.subject
   WHERE (r.room IS NULL OR w.line <= r.room)`;

/** The data of an answer that was given, for each run that got it. @param first number of its first parameter */
function givenPayload(first: number): string {
  return `SELECT org_id, execution_id, $${first}::text AS hash, $${first + 1}::int AS bytes, $${first + 2}::json AS content FROM answered`;
}

function payloadParameters({ payload }: LargeValue): unknown[] {
  return [payload.hash, payload.bytes, payload.content];
}

/** The parent may outlive its child by months, so it gets the value as its own. */
const OUTPUT_OF_THE_OTHER_RUN = `
  SELECT a.org_id, a.execution_id, p.hash, p.bytes, p.content
    FROM answered a
    JOIN payload p ON p.org_id = a.org_id AND p.month = run_month(a.run_id) AND p.hash = a.answer->'large'->'data'->>'hash'`;

/** The answer as its row takes it: data that is too large for it is kept apart. */
function stored({ data, ...answer }: WaitAnswer): { text: string; large: LargeValue | null } {
  const large = data === undefined ? null : largeText(jsonText(data));
  if (large) return { text: jsonText({ ...answer, large: { data: large.reference } }), large };
  return { text: jsonText({ ...answer, data }), large };
}

interface AnswerOptions {
  readonly locking?: '' | 'SKIP LOCKED';
  readonly limit?: number;
  /** Selects the large values that go with the answers; see `storePayloads`. */
  readonly payloads?: string | null;
}

/** @param candidates selects open waits with the answer of each */
function answerStatement(candidates: string, { locking = '', limit = 1, payloads = null }: AnswerOptions): string {
  return `
WITH candidate AS (${candidates}${OF_AN_OPEN_RUN} ORDER BY w.id LIMIT ${limit}
), locked AS (
  SELECT e.id FROM execution e
   WHERE e.id IN (SELECT execution_id FROM candidate) AND e.status IN ('queued', 'running', 'waiting')
   ORDER BY e.id FOR NO KEY UPDATE OF e ${locking}
), answered AS (
  UPDATE wait w SET state = 'answered', answer = c.answer, answered_by_user_id = c.user_id, answered_at = now()
    FROM candidate c JOIN locked l ON l.id = c.execution_id
   WHERE w.id = c.id AND w.state = 'open'
  RETURNING w.execution_id, w.org_id, w.run_id, w.answer
), counted AS (
  SELECT execution_id, count(*)::int AS answered FROM answered GROUP BY execution_id
), woken AS (
  UPDATE execution e
     SET wakes = e.wakes + c.answered,
         status = CASE e.status WHEN 'waiting' THEN 'queued' ELSE e.status END,
         queued_at = CASE e.status WHEN 'waiting' THEN now() ELSE e.queued_at END
    FROM counted c WHERE e.id = c.execution_id
  RETURNING e.id, e.org_id, e.attempt, e.status, c.answered
)${payloads === null ? '' : storePayloads(payloads)}
SELECT id, org_id AS "orgId", attempt, status, answered FROM woken`;
}
