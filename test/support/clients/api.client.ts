import { AgentsClient } from './agents.client.js';
import { AuthClient } from './auth.client.js';
import { ChatClient } from './chat.client.js';
import { ExecutionsClient } from './executions.client.js';
import { ExecutionsSocket } from './executions.socket.js';
import { HttpClient } from './http-client.js';
import { OrgClient } from './org.client.js';

/** The public API as one caller: a client per domain, and `http` for what none of them says. */
export class ApiClient {
  readonly http: HttpClient;
  readonly agents: AgentsClient;
  readonly chat: ChatClient;
  readonly executions: ExecutionsClient;
  readonly auth: AuthClient;
  readonly org: OrgClient;

  /** @param token access token or API key; null for nobody */
  constructor(
    readonly url: string,
    readonly token: string | null,
    private readonly orgId?: string,
  ) {
    this.http = new HttpClient(url, token, orgId === undefined ? {} : { 'x-org-id': orgId });
    this.agents = new AgentsClient(this.http);
    this.chat = new ChatClient(this.http);
    this.executions = new ExecutionsClient(this.http);
    this.auth = new AuthClient(this.http);
    this.org = new OrgClient(this.http);
  }

  /** The same server as another caller. */
  as(token: string | null, orgId?: string): ApiClient {
    return new ApiClient(this.url, token, orgId);
  }

  connect(): Promise<ExecutionsSocket> {
    return ExecutionsSocket.connect(this.url, this.token, this.orgId);
  }
}
