import { type Answer, HttpClient } from './http-client.js';

export interface SignedIn {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly emailVerified: boolean;
  };
  readonly org: { readonly id: string; readonly name: string; readonly slug: string };
}

export interface Me {
  readonly user: SignedIn['user'];
  readonly org: SignedIn['org'];
  readonly role: string;
  readonly permissions: readonly string[];
  readonly orgs: readonly { readonly id: string; readonly name: string; readonly role: string }[];
}

/** Signing up, in and out; keeps the refresh cookie as a browser does. */
export class AuthClient {
  private cookie: string | null = null;

  constructor(private readonly http: HttpClient) {}

  signUp(person: {
    email: string;
    password: string;
    name?: string;
    orgName?: string;
    invitationToken?: string;
  }): Promise<Answer<SignedIn>> {
    return this.send('/auth/signup', person);
  }

  logIn(email: string, password: string): Promise<Answer<SignedIn>> {
    return this.send('/auth/login', { email, password });
  }

  refresh(): Promise<Answer<SignedIn>> {
    return this.send('/auth/refresh');
  }

  logOut(accessToken: string, everywhere = false): Promise<Answer> {
    return this.send('/auth/logout', { everywhere }, accessToken);
  }

  me(accessToken: string): Promise<Me> {
    return new HttpClient(this.http.url, accessToken).ask('GET', '/auth/me');
  }

  changePassword(accessToken: string, currentPassword: string, newPassword: string): Promise<Answer> {
    return this.send('/auth/password/change', { currentPassword, newPassword }, accessToken);
  }

  forgotPassword(email: string): Promise<Answer> {
    return this.send('/auth/password/forgot', { email });
  }

  resetPassword(token: string, password: string): Promise<Answer> {
    return this.send('/auth/password/reset', { token, password });
  }

  acceptInvitation(accessToken: string, token: string): Promise<Answer<SignedIn>> {
    return this.send(`/invitations/${token}/accept`, undefined, accessToken);
  }

  /** The value of the refresh cookie, as a thief would copy it. */
  get refreshCookie(): string | null {
    return this.cookie;
  }

  set refreshCookie(value: string | null) {
    this.cookie = value;
  }

  private async send<T>(path: string, body?: unknown, accessToken: string | null = null): Promise<Answer<T>> {
    const caller = new HttpClient(this.http.url, accessToken);
    const answer = await caller.send<T>('POST', path, body, { ...(this.cookie !== null && { cookie: this.cookie }) });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      if (pair.startsWith('af_refresh=')) this.cookie = pair === 'af_refresh=' ? null : pair;
    }
    return answer;
  }
}
