import request from 'supertest';
import type { DomainApp, DomainPerson } from '../../../auth/src/testing/domain-app.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface ListedThing {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly kind: string;
  readonly number: number;
  readonly graph: object;
}

/** What answers may contain, whichever route they come from; a test knows what it asked for. */
export interface AnswerBody {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly errors: readonly { readonly pointer: string }[];
  readonly data: readonly ListedThing[];
  readonly hasMore: boolean;
  readonly nextCursor: string;
  readonly graph: { readonly nodes: readonly { readonly config: Readonly<Record<string, unknown>> }[] };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: AnswerBody;
}

/** Speaks the public API as one person. */
export class AgentsClient {
  constructor(
    private readonly app: DomainApp,
    private readonly person: DomainPerson,
  ) {}

  async send(method: Method, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const call = request(this.app.server)[method](`/api/v1${path}`).set(this.person.headers).set(headers);
    const answer = body === undefined ? await call : await call.send(body);
    return {
      status: answer.status,
      headers: answer.headers,
      text: answer.text,
      body: answer.body,
    };
  }

  /** A new agent's id. */
  async create(name = 'Support', graph?: object): Promise<string> {
    return (await this.send('post', '/agents', { name, ...(graph && { graph }) })).body.id;
  }

  publish(id: string, note?: string): Promise<Answer> {
    return this.send('post', `/agents/${id}/publish`, note === undefined ? {} : { note });
  }

  saveDraft(id: string, graph: object, headers?: Record<string, string>): Promise<Answer> {
    return this.send('put', `/agents/${id}/draft`, graph, headers);
  }
}
