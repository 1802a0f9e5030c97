import type { Execution, ExecutionEvent } from '../../support/clients/executions.client.js';
import type { Round } from '../round.js';
import { actViolations } from './act-violations.js';
import { logViolations } from './log-violations.js';
import { rowViolations } from './row-violations.js';
import { runsSince } from './runs-since.js';
import { secretViolations } from './secret-violations.js';

const READERS = 8;
const READ_AT_MOST = 120;

interface Observed {
  readonly run: Execution;
  readonly events: readonly ExecutionEvent[];
}

/**
 * What must hold after every fault (engine.md, section 7): I-01 to I-06 and I-08 to I-10, over API, database, Redis, logs of
 * the processes and the outside world.
 * @returns how long a run that the fault met stood still at worst until its next attempt; null when none had to be taken up
 * @throws Error that lists every violation
 */
export async function checkInvariants(round: Round): Promise<number | null> {
  const runs = await runsSince(round);
  const observed: Observed[] = [];
  const violations: string[] = [];
  const news = round.ground.members.map((member) => member.takeNews()).join('\n');
  noteErrors(round, news);
  await inParallel(sample(runs, round), async (run) => {
    const { events, violations: found } = await logViolations(round, run);
    observed.push({ run, events });
    violations.push(...found);
  });
  violations.push(
    ...acceptanceViolations(round, runs),
    ...actViolations(round, runs),
    ...(await rowViolations(round)),
    ...(await secretViolations(round, observed, news)),
    ...misdeeds(round, news),
    ...round.refusals
      .filter((refusal) => refusal.startsWith('500'))
      .map((refusal) => `A start was answered with an error that says nothing: ${refusal}`),
  );
  if (violations.length > 0) throw new Error(`${violations.length} violations:\n${violations.slice(0, 20).join('\n')}`);
  return worstResume(round, observed);
}

/** I-01: what was accepted is there, and came to its end. I-10: one key, one run. */
function acceptanceViolations({ runs: accepted }: Round, runs: readonly Execution[]): string[] {
  const found: string[] = [];
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const { id, name, mustSucceed } of accepted) {
    const run = byId.get(id);
    if (!run) found.push(`I-01: ${name} was accepted as ${id}, and there is no such run.`);
    else if (mustSucceed && run.status !== 'succeeded')
      found.push(`${name} (${id}) ended as ${run.status} instead of succeeding: ${JSON.stringify(run.error)}`);
  }
  const perKey = new Map<string, number>();
  for (const { metadata, retryOf } of runs) {
    const name = metadata?.name;
    if (typeof name === 'string' && retryOf === null) perKey.set(name, (perKey.get(name) ?? 0) + 1);
  }
  for (const [name, count] of perKey) if (count > 1) found.push(`I-10: the key ${name} made ${count} runs.`);
  return found;
}

/** I-09: no process ended, none heard of a rejection that nobody handled. */
function misdeeds({ ground }: Round, news: string): string[] {
  const rejections = news
    .split('\n')
    .filter((line) => /unhandled ?rejection|uncaught ?exception|ERR_UNHANDLED|heap out of memory/i.test(line));
  return [...ground.members.flatMap(({ unexpectedEnd }) => unexpectedEnd ?? []), ...rejections].map(
    (misdeed) => `I-09: ${misdeed}`,
  );
}

/** Not a violation, but nothing that a reader of the table should miss: what was logged so that somebody acts. */
function noteErrors(round: Round, news: string): void {
  // Not parsed: the last line of a killed process may be half a line.
  const messages = news
    .split('\n')
    .filter((line) => /"level":"(error|fatal)"/.test(line))
    .map((line) => /"msg":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line.slice(0, 200));
  if (messages.length > 0) round.note(`${messages.length} errors logged: ${[...new Set(messages)].join(' · ')}`);
}

/** Logs are read one by one; of a multitude, a random part. */
function sample(runs: readonly Execution[], { random }: Round): readonly Execution[] {
  if (runs.length <= READ_AT_MOST) return runs;
  const first = random.between(0, runs.length - READ_AT_MOST);
  return runs.slice(first, first + READ_AT_MOST);
}

/** From the fault, or from the last thing that the run did after it, until its next attempt began. */
function worstResume({ faultAt }: Round, observed: readonly Observed[]): number | null {
  if (faultAt === null) return null;
  const gaps = observed.flatMap(({ events }) =>
    events.flatMap(({ type, at }, index) => {
      const before = events[index - 1];
      // A run that waited was not taken up late: its answer came late.
      if (type !== 'execution-resume' || Date.parse(at) < faultAt || !before || isWaiting(events, index)) return [];
      return [Date.parse(at) - Math.max(faultAt, Date.parse(before.at))];
    }),
  );
  return gaps.length === 0 ? null : Math.max(...gaps);
}

/** Whether a wait that began before the event at this index was still unanswered, in the log, when the attempt before it ended. */
function isWaiting(events: readonly ExecutionEvent[], index: number): boolean {
  const earlier = events.slice(0, index);
  const count = (wanted: string): number => earlier.filter(({ type }) => type === wanted).length;
  return count('wait-start') > count('wait-end');
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const reader = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: READERS }, reader));
}
