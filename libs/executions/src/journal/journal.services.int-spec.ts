/** Real: Postgres and PGlite with the project's migrations, journal, OrgDatabase, a TCP line that can be cut. Nothing is faked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { migrations } from '#migrations';
import type { Database } from '#platform/database';
import { newId } from '#platform/ids';
import { createLogger } from '#platform/logging';
import { OrgDatabase } from '#tenancy';
import { TcpProxy } from '../../../platform/src/testing/tcp-proxy.js';
import { onServer, TestDatabase } from '../../../platform/src/testing/test-database.js';
import { RunLostError } from '../executions.errors.js';
import { LeasesRepository } from '../leases.repository.js';
import { PayloadOutbox } from '../payloads/payload-outbox.js';
import { waitRow } from '../waits/wait-row.js';
import { stepRow } from './journal-rows.js';
import { ExecutionsTestProcess } from '../testing/executions-test-process.js';
import { testStep } from '../testing/step.factory.js';
import { TestOrg } from '../testing/test-org.js';
import type { AcceptedRun, JournalEntry } from './journal-entry.js';
import { Journal } from './journal.js';

const USAGE = '{"inputTokens":0,"outputTokens":0,"cachedInputTokens":0,"costMicroUsd":0}';

function eventsFrom(firstSeq: number, lastSeq = firstSeq): JournalEntry['events'] {
  const events = Array.from(
    { length: lastSeq - firstSeq + 1 },
    (_, index) => `{"seq":${firstSeq + index},"type":"log"}`,
  );
  return { firstSeq, lastSeq, json: `[${events.join(',')}]` };
}

/** The entries of one run's life. */
class Run {
  readonly executionId = newId();
  readonly waitId = newId();
  constructor(private readonly org: TestOrg) {}

  accepted(values: Partial<AcceptedRun> = {}): JournalEntry {
    return {
      executionId: this.executionId,
      attempt: 1,
      accept: this.org.row(values),
      steps: [],
      logs: [],
      events: eventsFrom(1),
    };
  }

  queued(values: Partial<AcceptedRun> = {}): JournalEntry {
    const accept = this.org.row({ mode: 'background', ...values });
    return { executionId: this.executionId, attempt: 0, accept, steps: [], logs: [] };
  }

  wrote(seq: number, path: string, attempt = 1): JournalEntry {
    return {
      executionId: this.executionId,
      attempt,
      steps: [stepRow(testStep(path), new PayloadOutbox())],
      logs: [],
      events: eventsFrom(seq),
    };
  }

  /** Says so in the effect ledger and nowhere else. */
  acted(state: string, attempt = 1): JournalEntry {
    const effect = { path: 'pay', call: 'http', round: 1, state, request_hash: 'hash', response: null };
    return { executionId: this.executionId, attempt, steps: [], logs: [], effects: [JSON.stringify(effect)] };
  }

  waits(seenWakes = 0): JournalEntry {
    const ids = { id: this.waitId, runId: null };
    const opened = [
      waitRow(
        'ask',
        { kind: 'approval', key: '', title: 'Sure?', payload: 'a\u0000' },
        ids,
        new PayloadOutbox(),
      )('open'),
    ];
    return {
      executionId: this.executionId,
      attempt: 1,
      suspend: { seenWakes, usageJson: USAGE, lastSeq: 1 },
      steps: [],
      logs: [],
      waits: { opened, closed: [], voidOpen: false },
    };
  }

  ended(seq: number, attempt = 1): JournalEntry {
    const finish = {
      status: 'succeeded' as const,
      outputJson: '1',
      errorJson: null,
      usageJson: USAGE,
      lastSeq: seq,
      finishedAt: Date.now(),
    };
    return { executionId: this.executionId, attempt, finish, steps: [], logs: [], events: eventsFrom(seq) };
  }
}

const outcomeOf = (result: PromiseSettledResult<unknown>): string =>
  result.status === 'fulfilled' ? 'written' : (result.reason as Error).constructor.name;

describe.each(['postgres', 'embedded'] as const)('The journal on %s', (kind) => {
  let testDatabase: TestDatabase;
  let process: ExecutionsTestProcess;
  let journal: Journal;
  let org: TestOrg;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    process = await ExecutionsTestProcess.start(testDatabase);
    journal = process.get(Journal);
    org = await TestOrg.create(process);
  });

  afterAll(async () => {
    await process.stop();
    await testDatabase.drop();
  });

  async function writeTogether(entries: readonly JournalEntry[], into = journal): Promise<string[]> {
    return (await Promise.allSettled(entries.map((entry) => into.write(entry)))).map(outcomeOf);
  }

  async function lastSeqOf({ executionId }: Run): Promise<number> {
    const [row] = await process.query<{ seqs: number[] }>(
      `SELECT coalesce(array_agg(first_seq ORDER BY first_seq), '{}') AS seqs FROM execution_event WHERE execution_id = $1`,
      [executionId],
    );
    expect(row?.seqs).toEqual(row?.seqs.map((_seq, index) => index + 1));
    return row?.seqs.length ?? 0;
  }

  it('commits what many runs want at the same moment in one transaction', async () => {
    const runs = Array.from({ length: 40 }, () => new Run(org));
    expect(new Set(await writeTogether(runs.map((run) => run.accepted())))).toEqual(new Set(['written']));
    const rows = await process.query<{ xmin: string }>(
      `SELECT DISTINCT xmin::text AS xmin FROM execution WHERE id = ANY($1::uuid[])`,
      [runs.map(({ executionId }) => executionId)],
    );
    expect(rows).toHaveLength(1);
  });

  it('refuses an older attempt, a finished run and one that does not exist, and writes for their neighbours', async () => {
    const [taken, finished, never, good] = [new Run(org), new Run(org), new Run(org), new Run(org)];
    await writeTogether([taken, finished, good].map((run) => run.accepted()));
    await writeTogether([finished.ended(2)]);
    await process.query(`UPDATE execution SET attempt = 2 WHERE id = $1 RETURNING id`, [taken.executionId]);

    const outcomes = await writeTogether([
      taken.wrote(2, 'a'),
      finished.ended(3),
      never.wrote(1, 'a'),
      good.wrote(2, 'a'),
    ]);
    expect(outcomes).toEqual(['RunLostError', 'RunLostError', 'RunLostError', 'written']);
    expect([await lastSeqOf(taken), await lastSeqOf(finished), await lastSeqOf(never), await lastSeqOf(good)]).toEqual([
      1, 2, 0, 2,
    ]);
    expect(await writeTogether([taken.wrote(2, 'a', 2)])).toEqual(['written']);
  });

  it('gives a run free that waits, and back to the queue when it has been answered or cancelled by then', async () => {
    const [quiet, answered, cancelled, other] = [new Run(org), new Run(org), new Run(org), new Run(org)];
    await writeTogether([quiet, answered, cancelled, other].map((run) => run.accepted()));
    await process.query(`UPDATE execution SET wakes = 1 WHERE id = $1 RETURNING id`, [answered.executionId]);
    await process.query(`UPDATE execution SET cancel_requested_at = now() WHERE id = $1 RETURNING id`, [
      cancelled.executionId,
    ]);
    const entries = [quiet.waits(), answered.waits(), cancelled.waits(), other.wrote(2, 'a')];
    expect(await Promise.all(entries.map((entry) => journal.write(entry)))).toEqual([
      'written',
      'requeued',
      'requeued',
      'written',
    ]);
    const rows = await Promise.all(
      [quiet, answered, cancelled].map(({ executionId }) =>
        process.query(
          `SELECT e.status, e.lease_owner, w.state, w.org_id = e.org_id AS same
             FROM execution e JOIN wait w ON w.execution_id = e.id WHERE e.id = $1`,
          [executionId],
        ),
      ),
    );
    expect(rows.flat()).toEqual(
      ['waiting', 'queued', 'queued'].map((status) => ({ status, lease_owner: null, state: 'open', same: true })),
    );
  });

  it('accepts a run that waits in its very first commit, and keeps the newest entry of its effect ledger', async () => {
    const run = new Run(org);
    expect(await writeTogether([{ ...run.accepted(), ...run.waits() }])).toEqual(['written']);
    const rows = await process.query(`SELECT status, lease_owner FROM execution WHERE id = $1`, [run.executionId]);
    expect(rows).toEqual([{ status: 'waiting', lease_owner: null }]);

    const actor = new Run(org);
    await writeTogether([actor.accepted()]);
    for (const state of ['intended', 'completed']) await writeTogether([actor.acted(state)]);
    expect(
      await process.query(`SELECT state, org_id FROM effect WHERE execution_id = $1`, [actor.executionId]),
    ).toEqual([{ state: 'completed', org_id: org.id }]);
  });

  it('takes the organisation of everything from the row of its run', async () => {
    const run = new Run(org);
    await writeTogether([run.accepted()]);
    await writeTogether([run.wrote(2, 'a')]);
    const rows = await process.query<{ org_id: string }>(
      `SELECT org_id FROM execution_step WHERE execution_id = $1 UNION SELECT org_id FROM execution_event WHERE execution_id = $1`,
      [run.executionId],
    );
    expect(rows).toEqual([{ org_id: org.id }]);
  });

  it('writes every entry but the one that the database refuses', async () => {
    const [first, bad, last] = [new Run(org), new Run(org), new Run(org)];
    const outcomes = await writeTogether([first.accepted(), bad.accepted({ versionId: newId() }), last.accepted()]);
    expect([outcomes[0], outcomes[2]]).toEqual(['written', 'written']);
    expect(outcomes[1]).not.toBe('written');
    expect([await lastSeqOf(first), await lastSeqOf(bad), await lastSeqOf(last)]).toEqual([1, 0, 1]);
  });

  it('accepts a run whose id is taken once, and its neighbours all the same', async () => {
    const [run, neighbour] = [new Run(org), new Run(org)];
    await writeTogether([run.queued()]);
    expect(await writeTogether([run.queued(), neighbour.queued()])).toEqual(['RunLostError', 'written']);
  });

  it('takes text with what JSON in Postgres cannot hold', async () => {
    const run = new Run(org);
    await writeTogether([run.accepted()]);
    const output = { text: 'a\u0000b\ud800', deep: ['\udfff'] };
    const steps = [stepRow(testStep('a', { output, input: 'x\u0000' }), new PayloadOutbox())];
    expect(await writeTogether([{ ...run.wrote(2, 'a'), steps }])).toEqual(['written']);
    const [row] = await process.query<{ output: unknown }>(
      `SELECT output FROM execution_step WHERE execution_id = $1`,
      [run.executionId],
    );
    expect(row?.output).toEqual({ text: 'a\ufffdb\ufffd', deep: ['\ufffd'] });
  });

  it('accepts one of two starts with one key, in one batch and in two', async () => {
    const accept = (key: string): JournalEntry => new Run(org).queued({ idempotency: { key, requestHash: 'hash' } });
    const together = newId();
    expect((await writeTogether([accept(together), accept(together)])).sort()).toEqual([
      'IdempotencyTakenError',
      'written',
    ]);
    const apart = newId();
    expect(await writeTogether([accept(apart)])).toEqual(['written']);
    expect(await writeTogether([accept(apart), new Run(org).queued()])).toEqual(['IdempotencyTakenError', 'written']);
    const rows = await process.query(
      `SELECT 1 FROM idempotency_key k JOIN execution e ON e.id = k.execution_id WHERE k.key = ANY($1)`,
      [[together, apart]],
    );
    expect(rows).toHaveLength(2);
  });

  it('lets a key be used again once it has expired', async () => {
    const key = newId();
    const idempotency = { key, requestHash: 'hash' };
    await writeTogether([new Run(org).queued({ idempotency })]);
    await process.query(
      `UPDATE idempotency_key SET expires_at = now() - interval '1 second' WHERE key = $1 RETURNING key`,
      [key],
    );
    const again = new Run(org);
    expect(await writeTogether([again.queued({ idempotency })])).toEqual(['written']);
    const rows = await process.query<{ id: string }>(
      `SELECT execution_id AS id FROM idempotency_key WHERE key = $1 AND expires_at > now()`,
      [key],
    );
    expect(rows).toEqual([{ id: again.executionId }]);
  });

  it('keeps the fence while runs change hands: a write either commits before the claim or is refused', async () => {
    const runs = Array.from({ length: 20 }, () => new Run(org));
    await writeTogether(runs.map((run) => run.accepted({ leaseMs: 0 })));
    const leases = process.get(LeasesRepository);
    const written = await Promise.all(
      runs.map(async (run) => {
        for (let seq = 2; seq < 30; seq += 1) {
          try {
            await journal.write(run.wrote(seq, `step${seq}`));
          } catch (error) {
            expect(error).toBeInstanceOf(RunLostError);
            return seq - 1;
          }
          if (seq === 5) await leases.expire(500);
        }
        return 29;
      }),
    );
    for (const [index, run] of runs.entries()) expect(await lastSeqOf(run)).toBe(written[index]);
    expect(Math.min(...written)).toBeLessThan(29);
  });

  if (kind === 'embedded') return;

  describe('when the line to the database breaks', () => {
    let proxy: TcpProxy;
    let broken: Database;
    let far: Journal;

    beforeAll(async () => {
      proxy = await TcpProxy.before(testDatabase.url, 5432);
      broken = await testDatabase.open(migrations, { DATABASE_URL: proxy.url });
      far = new Journal(new OrgDatabase(broken), createLogger('silent'));
    });

    afterAll(async () => {
      proxy.mend();
      await broken.close();
      await proxy.close();
    });

    it('writes again what was not committed: every backend is terminated in the middle', async () => {
      const runs = Array.from({ length: 30 }, () => new Run(org));
      await writeTogether(
        runs.map((run) => run.accepted()),
        far,
      );
      const writing = Promise.all(
        runs.map(async (run) => {
          for (let seq = 2; seq <= 12; seq += 1) await far.write(run.wrote(seq, `step${seq}`));
        }),
      );
      for (let each = 0; each < 4; each += 1) {
        await sleep(10);
        await onServer(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${testDatabase.name}' AND pid <> pg_backend_pid() AND query LIKE '%held AS%'`,
        );
      }
      await writing;
      for (const run of runs) expect(await lastSeqOf(run)).toBe(12);
    });

    it.each([
      ['the beginning of a run', (run: Run) => [run.accepted()], 1],
      ['a background run, which has no event yet', (run: Run) => [run.queued()], 0],
      [
        'a background run with a key',
        (run: Run) => [run.queued({ idempotency: { key: newId(), requestHash: 'hash' } })],
        0,
      ],
      ['a step', (run: Run) => [run.accepted(), run.wrote(2, 'a')], 2],
      ['the end of a run', (run: Run) => [run.accepted(), run.ended(2)], 2],
      ['an entry of the effect ledger, which has no event', (run: Run) => [run.accepted(), run.acted('intended')], 1],
      ['the beginning of a wait', (run: Run) => [run.accepted(), run.waits()], 1],
    ])(
      'does not write twice what was committed when only the answer got lost: %s',
      async (_what, entriesOf, lastSeq) => {
        const [run, neighbour] = [new Run(org), new Run(org)];
        const entries = entriesOf(run);
        for (const entry of entries.slice(0, -1)) await far.write(entry);
        // The text travels once per connection, afterwards only the statement's name.
        proxy.loseAnswerTo(/held AS|agentflow_\d/);
        setTimeout(() => proxy.mend(), 250);
        expect(await writeTogether([entries.at(-1) as JournalEntry, neighbour.queued()], far)).toEqual([
          'written',
          'written',
        ]);
        expect(await lastSeqOf(run)).toBe(lastSeq);
      },
    );

    it('does not take an intent for written when the line broke before it was', async () => {
      const run = new Run(org);
      await far.write(run.accepted());
      proxy.cut();
      const write = far.write(run.acted('intended'));
      await sleep(100);
      proxy.mend();
      expect(await write).toBe('written');
      expect(await process.query(`SELECT state FROM effect WHERE execution_id = $1`, [run.executionId])).toEqual([
        { state: 'intended' },
      ]);
    });

    it('tells a run that another attempt took over meanwhile that it is lost, though both wrote the same number', async () => {
      const run = new Run(org);
      await far.write(run.accepted());
      proxy.cut();
      const write = far.write(run.wrote(2, 'a'));
      await process.query(`UPDATE execution SET attempt = 2 WHERE id = $1 RETURNING id`, [run.executionId]);
      await journal.write(run.wrote(2, 'b', 2));
      proxy.mend();
      await expect(write).rejects.toBeInstanceOf(RunLostError);
    });
  });
});
