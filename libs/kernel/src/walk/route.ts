import type { Scope } from '../node-kind.js';
import type { Plan, PlanNode, StepSpec } from '../plan.js';
import type { StepRecord } from '../run-host.js';
import { onlyLeadingTo } from './only-leading-to.js';
import { Pass, type PassListener, type Visit } from './pass.js';

/** The port of steps that nobody needs any more: no edge leaves by it. */
export const NO_PORT = '';

/** Where a run stands in its graph: which nodes come next, what their expressions see, and what the outputs have given. */
export class Route implements PassListener {
  readonly scope: { readonly steps: Record<string, unknown> } & Scope;
  private readonly visits: Visit[] = [];
  private taken = 0;
  /** Outputs of the run by the position of their nodes. */
  private readonly outputs = new Map<number, unknown>();

  constructor(
    private readonly plan: Plan,
    input: unknown,
    vars?: Readonly<Record<string, unknown>>,
  ) {
    const nothing = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;
    this.scope = { input, steps: nothing(), vars: vars ?? nothing() };
    new Pass(plan, plan.root, this).begin();
  }

  get hasMore(): boolean {
    return this.taken < this.visits.length;
  }

  /** The next node to run, each exactly once in its pass; a loop once more before each iteration. */
  take(): Visit | undefined {
    for (let visit = this.visits[this.taken]; visit !== undefined; visit = this.visits[this.taken]) {
      if (++this.taken === this.visits.length) {
        this.visits.length = 0;
        this.taken = 0;
      }
      if (!isGivenUp(visit)) return this.beginLoop(visit);
      this.leave(visit, NO_PORT);
    }
    return undefined;
  }

  /** Goes on from a finished step. */
  follow(visit: Visit, { status, port, output, error }: StepRecord): void {
    const { node, loop } = visit;
    if (port !== NO_PORT) {
      this.scope.steps[node.id] =
        status === 'succeeded' ? (output ?? null) : { error: { code: error?.code, message: error?.message } };
    }
    if (node.isOutput && status === 'succeeded') this.outputs.set(node.index, output ?? null);
    if (loop === undefined || node.body === undefined || port !== node.bodyPort) this.leave(visit, port);
    else new Pass(this.plan, node.body, this, `${pathOf(visit)}/`, loop).begin();
  }

  /** The output of the run: of several, that of the node which comes first in the graph. */
  get output(): unknown {
    return this.outputs.size === 0 ? null : this.outputs.get(Math.min(...this.outputs.keys()));
  }

  /** The join has taken the first way: gives up what leads to it and nowhere else, and tells whether a visit is part of that. */
  giveUpOthers({ node, pass }: Visit): (visit: Visit) => boolean {
    const others = onlyLeadingTo(node, pass.region.nodes).filter((other) => !pass.hasDecided(other));
    for (const other of others) pass.giveUp(other);
    return others.length === 0 ? () => false : isGivenUp;
  }

  ready(visit: Visit): void {
    this.visits.push(visit);
  }

  /** In a body, what has not run in this iteration has no output, although it may have had one in the iteration before. */
  skipped(node: PlanNode): void {
    this.forget([node.id, ...(node.body?.ids ?? [])]);
  }

  private beginLoop(visit: Visit): Visit {
    const { node, pass, loop } = visit;
    if (node.body === undefined || loop !== undefined) return visit;
    this.forget(node.body.ids);
    return { node, pass, loop: { node, pass, index: 0, isBroken: false } };
  }

  private leave({ node, pass }: Visit, port: string): void {
    pass.leave(node, port);
    const { loop } = pass;
    if (loop === undefined || !pass.isDone) return;
    loop.index++;
    loop.isBroken = pass.isBroken;
    this.ready({ node: loop.node, pass: loop.pass, loop });
  }

  private forget(ids: readonly string[]): void {
    for (const id of ids) if (id in this.scope.steps) delete this.scope.steps[id];
  }
}

/** What is to be run: the node itself where its path is its id, otherwise with the path of this visit. */
export function specOf(visit: Visit): StepSpec {
  const { node, pass, loop } = visit;
  return pass.loop === undefined && loop === undefined ? node : { ...node, path: pathOf(visit) };
}

function pathOf({ node, pass, loop }: Visit): string {
  return `${pass.prefix}${node.id}${loop === undefined ? '' : `/${loop.index}`}`;
}

/** Given up by itself, or together with a loop around it. */
function isGivenUp({ node, pass }: Visit): boolean {
  return pass.hasGivenUp(node) || (pass.loop !== undefined && isGivenUp(pass.loop));
}
