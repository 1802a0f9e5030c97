import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LoopbackServer, startHttp } from '../../../platform/src/egress/testing/loopback-server.js';

const CLIENT = { id: 'client-1', secret: 'client-secret-canary-1' };

/**
 * An authorization server as strict as the strict ones: codes work once and with the right verifier only, refresh
 * tokens work once, and a second use of one ends the sign-in.
 */
export class OAuthServer {
  readonly client = CLIENT;
  /** What `/resource` was asked with. */
  readonly authorizations: string[] = [];
  refreshes = 0;
  expiresInSeconds: number | undefined = 3_600;
  /** Secrets by client ID; null for clients without one. */
  readonly clients = new Map<string, string | null>([[CLIENT.id, CLIENT.secret]]);
  /** What it says at other addresses, by path. */
  documents: Record<string, unknown> = {};
  /** Of a 401 at every address that is not known otherwise. */
  challenge: string | undefined;
  /** What was asked for at `/register`, and the forms that came to `/token`. */
  readonly registrations: Record<string, unknown>[] = [];
  readonly forms: Record<string, string>[] = [];
  /** Answers the next token request instead of the rules. */
  nextAnswer: { status: number; body: string } | undefined;
  private readonly codes = new Map<string, { challenge: string; redirectUri: string }>();
  private readonly refreshTokens = new Set<string>();
  private ended = false;
  private issued = 0;

  private constructor(private readonly server: LoopbackServer) {}

  static async start(): Promise<OAuthServer> {
    const holder: { oauth?: OAuthServer } = {};
    const server = await startHttp((request, response) => void holder.oauth?.answer(request, response));
    holder.oauth = new OAuthServer(server);
    return holder.oauth;
  }

  get url(): string {
    return this.server.url;
  }

  get hits(): number {
    return this.server.hits;
  }

  /** What a person does at the service's page. @returns what comes back in the address */
  approve(authorizationUrl: string): { code: string; state: string } {
    const { searchParams } = new URL(authorizationUrl);
    const code = `code-${++this.issued}`;
    this.codes.set(code, {
      challenge: searchParams.get('code_challenge') ?? '',
      redirectUri: searchParams.get('redirect_uri') ?? '',
    });
    return { code, state: searchParams.get('state') ?? '' };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks).toString();
    const url = request.url ?? '';
    if (url !== '/token') {
      this.authorizations.push(request.headers.authorization ?? '');
      const [status, body] = this.otherwise(url, sent);
      const headers = {
        ...(status === 401 && { 'www-authenticate': this.challenge }),
        'content-type': 'application/json',
      };
      return void response.writeHead(status, headers).end(JSON.stringify(body));
    }
    const form = new URLSearchParams(sent);
    this.forms.push(Object.fromEntries(form));
    const basic = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1];
    if (basic !== undefined) {
      const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
      form.set('client_id', id);
      form.set('client_secret', secret);
    }
    const { status, body } = this.nextAnswer ?? this.grant(form);
    this.nextAnswer = undefined;
    // Long enough for a second caller to come in between.
    setTimeout(() => response.writeHead(status, { 'content-type': 'application/json' }).end(body), 60);
  }

  private otherwise(url: string, sent: string): [number, unknown] {
    if (url === '/register') {
      const asked = JSON.parse(sent) as Record<string, unknown>;
      this.registrations.push(asked);
      const secret = asked['token_endpoint_auth_method'] === 'none' ? null : `client-secret-canary-${randomUUID()}`;
      const id = `registered-${this.registrations.length}`;
      this.clients.set(id, secret);
      return [201, { ...asked, client_id: id, ...(secret !== null && { client_secret: secret }) }];
    }
    if (Object.hasOwn(this.documents, url)) return [200, this.documents[url]];
    if (url.startsWith('/.well-known/')) return [404, {}];
    return this.challenge === undefined ? [200, {}] : [401, {}];
  }

  private grant(form: URLSearchParams): { status: number; body: string } {
    const refused = (error: string) => ({ status: 400, body: JSON.stringify({ error }) });
    if (this.clients.get(form.get('client_id') ?? '') !== form.get('client_secret')) return refused('invalid_client');
    if (form.get('grant_type') === 'refresh_token') {
      this.refreshes += 1;
      const token = form.get('refresh_token') ?? '';
      if (this.ended || !this.refreshTokens.delete(token)) {
        this.ended = true;
        return refused('invalid_grant');
      }
      return this.tokens();
    }
    const code = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || code.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) {
      return refused('invalid_grant');
    }
    return this.tokens();
  }

  private tokens(): { status: number; body: string } {
    const number = ++this.issued;
    const refreshToken = `refresh-canary-${number}`;
    this.refreshTokens.add(refreshToken);
    const body = {
      access_token: `access-canary-${number}`,
      token_type: 'bearer',
      refresh_token: refreshToken,
      expires_in: this.expiresInSeconds,
    };
    return { status: 200, body: JSON.stringify(body) };
  }
}
