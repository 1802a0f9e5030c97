import request, { type Response } from 'supertest';
import type { AgentsTestApp, TestPerson } from './agents-test-app.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Speaks the public API as one person. */
export class AgentsClient {
  constructor(
    private readonly app: AgentsTestApp,
    private readonly person: TestPerson,
  ) {}

  async send(method: Method, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    const call = request(this.app.server)[method](`/api/v1${path}`).set(this.person.headers).set(headers);
    return body === undefined ? call : call.send(body);
  }

  /** A new agent's id. */
  async create(name = 'Support', graph?: object): Promise<string> {
    const { body } = await this.send('post', '/agents', { name, ...(graph && { graph }) });
    return (body as { id: string }).id;
  }

  publish(id: string, note?: string): Promise<Response> {
    return this.send('post', `/agents/${id}/publish`, note === undefined ? {} : { note });
  }

  saveDraft(id: string, graph: object, headers?: Record<string, string>): Promise<Response> {
    return this.send('put', `/agents/${id}/draft`, graph, headers);
  }
}
