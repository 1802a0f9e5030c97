import type { Plan, PlanNode, Region } from '../plan.js';

/** A node that is to be run now, and in which pass. */
export interface Visit {
  readonly node: PlanNode;
  readonly pass: Pass;
  /** For a loop: where its repetition stands. */
  readonly loop?: LoopRun;
}

/** A loop being walked: the pass that it stands in, and how far it has come. */
export interface LoopRun {
  readonly node: PlanNode;
  readonly pass: Pass;
  index: number;
  isBroken: boolean;
}

export interface PassListener {
  ready(visit: Visit): void;
  /** All ways to the node are dead. */
  skipped(node: PlanNode): void;
}

const FIRED = 1;
/** It has been left or is dead. */
const DECIDED = 2;
const GIVEN_UP = 4;

/**
 * One way through a region: the graph outside its loops, or one iteration of a body. Knows which nodes are to run next:
 * a node becomes ready when every edge to it is decided and at least one of them has fired (one that takes the first,
 * as soon as one has); when all of them are dead, so is the node, and all its edges with it.
 */
export class Pass {
  private readonly undecided: Int32Array;
  private readonly state: Uint8Array;
  /** Nodes that are neither left nor dead. */
  private open: number;
  private hasGoneBack = false;
  /** For nodes that join: positions of the nodes whose edges have fired. */
  private readonly arrived = new Map<number, number[]>();

  constructor(
    private readonly plan: Plan,
    readonly region: Region,
    private readonly listener: PassListener,
    /** What the paths of its steps begin with. */
    readonly prefix = '',
    readonly loop?: LoopRun,
  ) {
    this.open = region.nodes.length;
    this.undecided = new Int32Array(this.open);
    this.state = new Uint8Array(this.open);
    for (let slot = 0; slot < this.open; slot++) this.undecided[slot] = (region.nodes[slot] as PlanNode).incoming;
  }

  /** Whether there is nothing left in it that could run. */
  get isDone(): boolean {
    return this.open === 0;
  }

  /** Whether there are edges back to the loop, and all of them have come out dead. */
  get isBroken(): boolean {
    return this.region.leadsBack && !this.hasGoneBack;
  }

  begin(): void {
    const { loop, entries } = this.region;
    if (loop === undefined) this.listener.ready({ node: this.plan.start, pass: this });
    else for (const { target } of entries) this.decide(target, true, loop, []);
  }

  /** The node has run and left by this port: its edges from there fire, its others are dead. */
  leave(node: PlanNode, port: string): void {
    this.close(node);
    const dead: PlanNode[] = [];
    for (const edge of node.edges) this.decide(edge.target, edge.port === port, node, dead);
    for (let next = dead.pop(); next !== undefined; next = dead.pop()) {
      this.close(next);
      this.listener.skipped(next);
      for (const edge of next.edges) this.decide(edge.target, false, next, dead);
    }
  }

  /** Ids of the nodes whose edges have led to a joining node, in the order of the graph. */
  arrivalsAt({ slot }: PlanNode): readonly string[] {
    const positions = (this.arrived.get(slot) ?? []).toSorted((left, right) => left - right);
    return positions.map((position) => (this.plan.nodes[position] as PlanNode).id);
  }

  /** Nothing of the node is needed any more: it will count as dead instead of running. */
  giveUp(node: PlanNode): void {
    this.state[node.slot] = (this.state[node.slot] as number) | GIVEN_UP;
  }

  hasGivenUp({ slot }: PlanNode): boolean {
    return ((this.state[slot] as number) & GIVEN_UP) !== 0;
  }

  hasDecided({ slot }: PlanNode): boolean {
    return ((this.state[slot] as number) & DECIDED) !== 0;
  }

  private close({ slot }: PlanNode): void {
    this.state[slot] = (this.state[slot] as number) | DECIDED;
    this.open--;
  }

  private decide(target: number, fires: boolean, source: PlanNode, dead: PlanNode[]): void {
    const node = this.plan.nodes[target] as PlanNode;
    if (node === this.region.loop) {
      this.hasGoneBack ||= fires;
      return;
    }
    const { slot, joins } = node;
    const state = this.state[slot] as number;
    if (fires) this.state[slot] = state | FIRED;
    if (fires && joins !== undefined) this.arrived.set(slot, [...(this.arrived.get(slot) ?? []), source.index]);
    const left = (this.undecided[slot] as number) - 1;
    this.undecided[slot] = left;
    const hadFired = (state & FIRED) !== 0;
    const isDue = joins === 'first' ? !hadFired && (fires || left === 0) : left === 0;
    if (!isDue) return;
    if ((fires || hadFired) && (state & GIVEN_UP) === 0) this.listener.ready({ node, pass: this });
    else dead.push(node);
  }
}
