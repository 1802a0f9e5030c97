import type { Execution, ExecutionEvent } from '../../support/clients/executions.client.js';
import type { Round } from '../round.js';

const STREAM_WITHIN_MS = 10_000;

/**
 * I-05 and I-03 for one run that has ended: its log as it is read page by page, and once more as a client sees it that
 * comes back to another process after a random event.
 */
export async function logViolations(
  { ground, random }: Round,
  run: Execution,
): Promise<{ events: readonly ExecutionEvent[]; violations: string[] }> {
  const { executions } = ground.client;
  const events = await executions.allEvents(run.id);
  const violations: string[] = [];
  const wrong = (what: string): void => void violations.push(`${what} (run ${run.id} of ${run.agentName})`);

  const seqs = events.map(({ seq }) => seq);
  if (!seqs.every((seq, index) => seq === index + 1)) wrong(`I-05: the log is numbered ${seqs.join(' ')}`);
  const ends = events.filter(({ type }) => type === 'execution-end');
  if (ends.length !== 1 || events.at(-1)?.type !== 'execution-end') {
    wrong(`I-05: the log has ${ends.length} ends, and its last event is ${events.at(-1)?.type}`);
  } else if (ends[0]?.data.status !== run.status) {
    wrong(`I-05: the log ends as ${String(ends[0]?.data.status)}, the row as ${run.status}`);
  }
  const finished = events.filter(({ type }) => type === 'step-end').map(({ stepId }) => stepId ?? '');
  for (const path of doubles(finished)) wrong(`I-03: step ${path} ended twice`);
  const steps = (await executions.steps(run.id)).map(({ path }) => path);
  for (const path of doubles(steps)) wrong(`I-03: step ${path} has two results`);

  const seen = random.between(0, Math.max(0, events.length - 1));
  const elsewhere = ground.clientOf(random.oneOf(ground.apis));
  const rest: ExecutionEvent[] = [];
  for await (const event of elsewhere.executions.follow(run.id, seen, AbortSignal.timeout(STREAM_WITHIN_MS))) {
    rest.push(event);
  }
  if (JSON.stringify(rest) !== JSON.stringify(events.slice(seen)))
    wrong(`I-05: after ${seen} came ${rest.map(({ seq }) => seq).join(' ')} of ${events.length}`);
  return { events, violations };
}

function doubles(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
