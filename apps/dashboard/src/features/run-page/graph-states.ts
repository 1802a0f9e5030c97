import type { NodeState } from '@/features/graph-editor/read-only-graph';
import type { TimelineStep } from '@/shared/live/execution-timeline';

const SUMMARY_CHARACTERS = 80;

/** Given up because nobody needs its result any more. */
const NOT_NEEDED = 'step.not_needed';

/**
 * The states of nodes by node id. A node in a loop is spoken for by its latest step; steps inside of a node (items of a
 * map, calls of an agent) do not speak for it, but are counted.
 */
export function graphStates(steps: Iterable<TimelineStep>): Record<string, NodeState> {
  const states = new Map<string, NodeState>();
  const inner = new Map<string, { all: number; ended: number; failed: number }>();
  for (const step of steps) {
    if (!speaksForNode(step)) {
      const counts = inner.get(step.nodeId) ?? { all: 0, ended: 0, failed: 0 };
      counts.all += 1;
      if (step.finishedAt !== null) counts.ended += 1;
      if (step.status === 'failed') counts.failed += 1;
      inner.set(step.nodeId, counts);
      continue;
    }
    // The last visit of a loop goes on behind it: no round.
    const runs = (states.get(step.nodeId)?.runs ?? 0) + (step.kind === 'loop' && step.port === 'done' ? 0 : 1);
    states.set(step.nodeId, stateOf(step, runs));
  }
  for (const [nodeId, counts] of inner) {
    const state = states.get(nodeId);
    if (state) states.set(nodeId, { ...state, inner: counts });
  }
  return Object.fromEntries(states);
}

/** Whether the step is the node itself, perhaps in a round of a loop, and nothing inside of it. */
function speaksForNode({ path, nodeId, kind }: TimelineStep): boolean {
  const own = kind === 'loop' ? path.replace(/\/\d+(?:~\d+)?$/, '') : path.replace(/~\d+$/, '');
  return own === nodeId || own.endsWith(`/${nodeId}`);
}

function stateOf(step: TimelineStep, runs: number): NodeState {
  return {
    status: step.error?.code === NOT_NEEDED ? 'not_needed' : step.status,
    path: step.path,
    runs,
    ...(step.finishedAt !== null && { durationMs: Date.parse(step.finishedAt) - Date.parse(step.startedAt) }),
    ...(step.tries > 0 && { tries: step.tries }),
    ...summaryOf(step),
  };
}

function summaryOf(step: TimelineStep): { summary?: string } {
  const output = step.output as { text?: unknown } | null | undefined;
  const said =
    step.error?.message ??
    (typeof output?.text === 'string' ? output.text : undefined) ??
    step.large.output?.preview ??
    (output === undefined ? step.text : JSON.stringify(output));
  return said ? { summary: said.length > SUMMARY_CHARACTERS ? `${said.slice(0, SUMMARY_CHARACTERS)}…` : said } : {};
}
