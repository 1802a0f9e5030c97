import type { Answer, HttpClient } from './http-client.js';

export interface CreatedApiKey {
  readonly id: string;
  readonly key: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly link: string;
}

/** The organisation: people, invitations and API keys. */
export class OrgClient {
  constructor(private readonly http: HttpClient) {}

  get(): Promise<{ id: string; name: string }> {
    return this.http.ask('GET', '/org');
  }

  async members(): Promise<{ userId: string; email: string; role: string }[]> {
    return (await this.http.ask<{ data: { userId: string; email: string; role: string }[] }>('GET', '/org/members'))
      .data;
  }

  invite(email: string, role: string): Promise<Invitation> {
    return this.http.ask('POST', '/org/invitations', { email, role });
  }

  removeMember(userId: string): Promise<Answer> {
    return this.http.send('DELETE', `/org/members/${userId}`);
  }

  createApiKey(scopes: readonly string[], name = 'A key'): Promise<CreatedApiKey> {
    return this.http.ask('POST', '/org/api-keys', { name, scopes });
  }

  revokeApiKey(id: string): Promise<Answer> {
    return this.http.send('DELETE', `/org/api-keys/${id}`);
  }
}
