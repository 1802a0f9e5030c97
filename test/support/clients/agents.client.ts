import type { Answer, HttpClient } from './http-client.js';

export interface GraphNode {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly retry?: { readonly maxAttempts: number; readonly backoffMs?: number };
  readonly timeoutMs?: number;
  readonly [more: string]: unknown;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly port?: string }[];
}

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly publishedVersion: number | null;
  readonly hasUnpublishedChanges: boolean;
  readonly archivedAt: string | null;
}

export interface Draft {
  readonly graph: Graph;
  readonly revision: number;
  readonly problems: readonly { pointer: string; code: string; message: string }[];
}

export interface Version {
  readonly number: number;
  readonly note: string;
  readonly graphHash: string;
  readonly graph: Graph;
  readonly createdBy: { readonly id: string; readonly name: string } | null;
}

export interface GraphChange {
  readonly kind: 'node-added' | 'node-removed' | 'node-changed' | 'edge-added' | 'edge-removed';
  readonly nodeId?: string;
  readonly fields?: readonly { pointer: string; before?: unknown; after?: unknown }[];
}

/** Drawing and publishing agents over REST. */
export class AgentsClient {
  constructor(private readonly http: HttpClient) {}

  create(name: string, graph?: Graph): Promise<Agent> {
    return this.http.ask('POST', '/agents', { name, ...(graph && { graph }) });
  }

  /** A new agent with this graph, published as version 1. @returns its id */
  async publishNew(graph: Graph, name = 'An agent'): Promise<string> {
    const { id } = await this.create(name, graph);
    await this.publish(id);
    return id;
  }

  get(id: string): Promise<Agent> {
    return this.http.ask('GET', `/agents/${id}`);
  }

  draft(id: string): Promise<Draft> {
    return this.http.ask('GET', `/agents/${id}/draft`);
  }

  /** The raw answer: an unfinished graph is kept and answered with its problems. */
  tryDraw(id: string, graph: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer<Draft>> {
    return this.http.send<Draft>('PUT', `/agents/${id}/draft`, graph, headers);
  }

  draw(id: string, graph: Graph): Promise<Draft> {
    return this.http.ask('PUT', `/agents/${id}/draft`, graph);
  }

  publish(id: string, note?: string): Promise<Version> {
    return this.http.ask('POST', `/agents/${id}/publish`, note === undefined ? {} : { note });
  }

  async versions(id: string): Promise<Omit<Version, 'graph'>[]> {
    return (await this.http.ask<{ data: Version[] }>('GET', `/agents/${id}/versions`)).data;
  }

  version(id: string, number: number): Promise<Version> {
    return this.http.ask('GET', `/agents/${id}/versions/${number}`);
  }

  async changes(id: string, from: number | 'draft', to: number | 'draft'): Promise<GraphChange[]> {
    return (await this.http.ask<{ changes: GraphChange[] }>('GET', `/agents/${id}/versions/${from}/diff/${to}`))
      .changes;
  }

  restore(id: string, number: number): Promise<Draft> {
    return this.http.ask('POST', `/agents/${id}/versions/${number}/restore`);
  }

  duplicate(id: string, name?: string): Promise<Agent> {
    return this.http.ask('POST', `/agents/${id}/duplicate`, name === undefined ? {} : { name });
  }

  export(id: string): Promise<Record<string, unknown> & { graph: Graph }> {
    return this.http.ask('GET', `/agents/${id}/export`);
  }

  import(file: unknown): Promise<Agent> {
    return this.http.ask('POST', '/agents/import', file);
  }

  archive(id: string): Promise<Answer> {
    return this.http.send('DELETE', `/agents/${id}`);
  }

  async templates(): Promise<{ slug: string; name: string; graph: Graph; sampleInput: unknown }[]> {
    return (
      await this.http.ask<{ data: { slug: string; name: string; graph: Graph; sampleInput: unknown }[] }>(
        'GET',
        '/templates',
      )
    ).data;
  }

  fromTemplate(slug: string): Promise<Agent> {
    return this.http.ask('POST', `/templates/${slug}/agents`, {});
  }
}
