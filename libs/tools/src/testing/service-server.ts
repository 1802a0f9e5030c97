import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '#platform/errors';
import { EgressClient } from '#platform/egress';
import { type LoopbackServer, startHttp } from '../../../platform/src/egress/testing/loopback-server.js';
import { builtInTools } from '../built-in/built-in-tools.js';
import type { ToolCredential } from '../tool-credential.js';
import { ToolRegistry } from '../tool-registry.js';

/** A request as the service saw it. */
export interface Seen {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ServiceAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a text. */
  readonly body?: unknown;
}

/** By `METHOD /path`, without the query. What is not there is a 404. */
export type Routes = Readonly<Record<string, ServiceAnswer | ((seen: Seen) => ServiceAnswer)>>;

export const CREDENTIAL_ID = 'credential-1';
/** In no answer, log or error of a tool. */
export const SECRET = 'canary-5e1f-77aa-0c3d';

interface CredentialValues {
  readonly kind: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly opened?: Readonly<Record<string, string>>;
}

/**
 * A service of the test's own on a real port, and the built-in tools as they reach it: through the real egress door,
 * with a credential that goes to this server and nowhere else.
 */
export class ServiceServer {
  readonly seen: Seen[] = [];
  routes: Routes = {};
  /** Outcomes of calls, as the log has them. */
  readonly told: { readonly tool: string; readonly outcome: string }[] = [];
  private readonly egress = new EgressClient({ allowCidrs: ['127.0.0.0/8'] });

  private constructor(private readonly server: LoopbackServer) {}

  static async start(): Promise<ServiceServer> {
    const holder: { service?: ServiceServer } = {};
    const server = await startHttp((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
        const { status = 200, headers: more = {}, body = '' } = holder.service?.answer(seen) ?? {};
        const isText = typeof body === 'string';
        response.writeHead(status, { ...(!isText && { 'content-type': 'application/json' }), ...more });
        response.end(isText ? body : JSON.stringify(body));
      });
    });
    holder.service = new ServiceServer(server);
    return holder.service;
  }

  get url(): string {
    return this.server.url;
  }

  /** The parsed bodies of what was sent. */
  get bodies(): unknown[] {
    return this.seen.map(({ body }) => (body === '' ? null : (JSON.parse(body) as unknown)));
  }

  reset(routes: Routes = {}): void {
    this.routes = routes;
    this.seen.length = 0;
  }

  /** Runs a tool as a run does: arguments checked first. */
  async run(name: string, args: Record<string, unknown>, credential: CredentialValues): Promise<unknown> {
    const {
      kind,
      fields = { baseUrl: this.url },
      headers = { authorization: `Bearer ${SECRET}` },
      opened,
    } = credential;
    const allowed = (url: string): void => {
      if (new URL(url).origin === this.url) return;
      throw new AppError('forbidden', 'credential.host_not_allowed', 'The credential must not be sent there.');
    };
    const held: ToolCredential = {
      kind,
      fields,
      headersFor: async (url) => {
        allowed(url);
        return headers;
      },
      opened: async (url) => {
        if (url !== undefined) allowed(url);
        return { ...fields, ...opened };
      },
    };
    const registry = new ToolRegistry(builtInTools(this.egress), {
      credentials: { open: () => Promise.resolve(held) },
      onCall: (call) => this.told.push(call),
    });
    const problems = (await registry.find(name))?.check(args) ?? [];
    if (problems.length > 0) throw new Error(problems[0]?.message);
    const { signal } = new AbortController();
    return registry.run(name, args, { signal, idempotencyKey: 'run-1:step', credentialId: CREDENTIAL_ID });
  }

  async close(): Promise<void> {
    await this.egress.close();
    await this.server.close();
  }

  private answer(seen: Seen): ServiceAnswer {
    this.seen.push(seen);
    const route = this.routes[`${seen.method} ${seen.url.split('?')[0]}`];
    if (route === undefined) return { status: 404, body: { message: 'Not Found' } };
    return typeof route === 'function' ? route(seen) : route;
  }
}
