import { PERMISSIONS, type Principal } from '#auth';
import type { Graph } from '#kernel';
import { runWith } from '#platform/context';
import { OrgContext } from '#tenancy';
import { newId } from '#platform/ids';
import { edges, node } from '../../../kernel/src/testing/index.js';
import type { ExecutionsTestProcess } from './executions-test-process.js';
import type { AcceptedRun } from '../journal/journal-entry.js';

/** An organisation of one test with one person and one published agent, and short ways to act for it. */
export class TestOrg {
  private constructor(
    readonly id: string,
    readonly userId: string,
    readonly agentId: string,
    readonly versionId: string,
  ) {}

  static async create(process: ExecutionsTestProcess, graph: Graph = chainGraph()): Promise<TestOrg> {
    const [orgId, userId] = [newId(), newId()];
    await process.query(`INSERT INTO "user" (id, email, name) VALUES ($1, $2, 'Ada')`, [
      userId,
      `${userId}@example.org`,
    ]);
    await process.query(`INSERT INTO organization (id, name, slug, plan) VALUES ($1, 'Test', $2, 'free')`, [
      orgId,
      orgId,
    ]);
    const { agentId, versionId } = await TestOrg.publish(process, orgId, graph);
    return new TestOrg(orgId, userId, agentId, versionId);
  }

  /** One more agent of this organisation. @returns its id */
  async addAgent(process: ExecutionsTestProcess, graph: Graph): Promise<string> {
    return (await TestOrg.publish(process, this.id, graph)).agentId;
  }

  private static async publish(
    process: ExecutionsTestProcess,
    orgId: string,
    graph: Graph,
  ): Promise<{ agentId: string; versionId: string }> {
    const [agentId, versionId] = [newId(), newId()];
    await process.query(
      `INSERT INTO agent (id, org_id, name, draft, draft_hash, published_version) VALUES ($1, $2, 'Support', '{}', 'hash', 1)`,
      [agentId, orgId],
    );
    await process.query(
      `INSERT INTO agent_version (id, org_id, agent_id, number, graph_hash) VALUES ($1, $2, $3, 1, 'hash')`,
      [versionId, orgId, agentId],
    );
    for (const [position, { id, kind, name, config, retry, timeoutMs }] of graph.nodes.entries()) {
      await process.query(
        `INSERT INTO agent_node (id, org_id, version_id, node_id, position, kind, name, config, retry, timeout_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          newId(),
          orgId,
          versionId,
          id,
          position,
          kind,
          name ?? null,
          JSON.stringify(config),
          retry ? JSON.stringify(retry) : null,
          timeoutMs ?? null,
        ],
      );
    }
    for (const [position, { from, to, port }] of graph.edges.entries()) {
      await process.query(
        `INSERT INTO agent_edge (id, org_id, version_id, position, from_node_id, to_node_id, port) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [newId(), orgId, versionId, position, from, to, port ?? null],
      );
    }
    return { agentId, versionId };
  }

  /** Runs `work` as this organisation's person, as if they had come through a door. */
  as<T>(work: () => T): T {
    const principal: Principal = {
      kind: 'user',
      userId: this.userId,
      credentialId: this.userId,
      orgId: this.id,
      permissions: new Set(PERMISSIONS),
    };
    return runWith({ principal }, () => OrgContext.run(this.id, work));
  }

  /** A row to accept; interactive ones are running at once. */
  row(values: Partial<AcceptedRun> = {}): AcceptedRun {
    return {
      orgId: this.id,
      agentId: this.agentId,
      versionId: this.versionId,
      version: 1,
      mode: 'interactive',
      trigger: 'api',
      triggeredBy: null,
      leaseOwner: values.mode === 'background' ? null : newId(),
      leaseMs: 10_000,
      inputJson: '{}',
      metadataJson: null,
      retryOf: null,
      parent: null,
      createdByUserId: null,
      createdAt: Date.now(),
      idempotency: null,
      callback: null,
      ...values,
    };
  }
}

/** Two calls to the outside world, one after the other: the least that can be resumed in the middle. */
export function chainGraph(): Graph {
  return {
    nodes: [
      node('start', 'start'),
      node('first', 'http', { method: 'GET', url: 'https://example.org/first' }),
      node('second', 'http', { method: 'GET', url: 'https://example.org/second' }),
      node('output', 'output', { expression: '{ "first": steps.first.body, "second": steps.second.body }' }),
    ],
    edges: edges('start > first > second > output'),
  };
}
