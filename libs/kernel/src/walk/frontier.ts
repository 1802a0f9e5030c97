import type { Plan, PlanNode } from '../plan.js';

/**
 * Which nodes are to run next. A node becomes ready when every edge to it is decided and at least one of them has
 * fired; when all of them are dead, so is the node, and all its edges with it.
 */
export class Frontier {
  private readonly undecided: Int32Array;
  private readonly hasFired: Uint8Array;
  private readonly ready: PlanNode[];
  private taken = 0;

  constructor(private readonly plan: Plan) {
    this.undecided = Int32Array.from(plan.nodes, ({ incoming }) => incoming);
    this.hasFired = new Uint8Array(plan.nodes.length);
    this.ready = [plan.start];
  }

  /** The next node to run, each exactly once. */
  take(): PlanNode | undefined {
    return this.ready[this.taken++] ?? this.none();
  }

  /** The node has run and left by this port: its edges from there fire, its others are dead. */
  leave(node: PlanNode, port: string): void {
    const dead: PlanNode[] = [];
    for (const edge of node.edges) this.decide(edge.target, edge.port === port, dead);
    for (let next = dead.pop(); next !== undefined; next = dead.pop()) {
      for (const edge of next.edges) this.decide(edge.target, false, dead);
    }
  }

  private decide(target: number, fires: boolean, dead: PlanNode[]): void {
    if (fires) this.hasFired[target] = 1;
    const left = (this.undecided[target] as number) - 1;
    this.undecided[target] = left;
    if (left === 0) (this.hasFired[target] === 1 ? this.ready : dead).push(this.plan.nodes[target] as PlanNode);
  }

  private none(): undefined {
    this.taken--;
  }
}
