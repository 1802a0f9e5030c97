import type { TimelineStep } from '@/shared/live/execution-timeline';

/** What a node did in a run, as the drawing shows it. */
export interface NodeState {
  status: string;
  durationMs?: number;
  tries?: number;
  /** One line of what came out. */
  summary?: string;
}

const SUMMARY_CHARACTERS = 80;

/** The states of nodes by node id. Steps inside of a node (turns of an agent, items of a map) do not speak for it. */
export function graphStates(steps: Iterable<TimelineStep>): Record<string, NodeState> {
  const states: Record<string, NodeState> = {};
  for (const step of steps) {
    if (step.path.includes('/')) continue;
    states[step.path] = {
      status: step.status,
      ...(step.finishedAt !== null && { durationMs: Date.parse(step.finishedAt) - Date.parse(step.startedAt) }),
      ...(step.tries > 0 && { tries: step.tries }),
      ...summaryOf(step),
    };
  }
  return states;
}

function summaryOf(step: TimelineStep): { summary?: string } {
  const output = step.output as { text?: unknown } | null | undefined;
  const said =
    step.error?.message ??
    (typeof output?.text === 'string' ? output.text : undefined) ??
    (output === undefined ? step.text : JSON.stringify(output));
  return said ? { summary: said.length > SUMMARY_CHARACTERS ? `${said.slice(0, SUMMARY_CHARACTERS)}…` : said } : {};
}
