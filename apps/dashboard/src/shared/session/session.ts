import { ApiProblem } from '@/shared/api/api-problem';
import { authLogout, authMe, authRefresh } from '@/shared/api/generated/operations';
import type { Me, Session as SessionAnswer } from '@/shared/api/generated/schema';
import { provideCredentials } from '@/shared/api/http-client';

/** `unknown` until the refresh cookie has been tried once. */
export type SessionState = { status: 'unknown' | 'signed-out'; me: null } | { status: 'signed-in'; me: Me };

const ORG_KEY = 'agentflow.org';

/**
 * Who is signed in, in this tab. The access token lives in memory only; across reloads the httpOnly refresh cookie brings it back.
 * Tabs share that cookie, so refreshing is serialised between them: two at once would look like a stolen token and end both sessions.
 */
class Session {
  private state: SessionState = { status: 'unknown', me: null };
  private token: string | null = null;
  private orgId: string | null = storage()?.getItem(ORG_KEY) ?? null;
  private starting: Promise<SessionState> | null = null;
  private refreshing: Promise<boolean> | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly otherTabs =
    typeof BroadcastChannel === 'function' ? new BroadcastChannel('agentflow.session') : null;

  constructor() {
    provideCredentials({
      accessToken: () => this.token,
      orgId: () => this.orgId,
      refresh: () => this.refresh(),
    });
    this.otherTabs?.addEventListener('message', () => this.become({ status: 'signed-out', me: null }));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): SessionState => this.state;

  /** The organisation that calls are made in. */
  readonly currentOrgId = (): string | null => this.orgId;

  /** Finds out once per page load whether the cookie still signs somebody in. @throws ApiProblem when the server cannot be reached. */
  start(): Promise<SessionState> {
    this.starting ??= this.resume().catch((error: unknown) => {
      this.starting = null;
      throw error;
    });
    return this.starting;
  }

  /** Takes over the answer of sign-up, sign-in, a one-time link or an accepted invitation. */
  async accept(answer: SessionAnswer): Promise<void> {
    this.token = answer.accessToken;
    this.keepOrg(answer.org.id);
    await this.loadMe();
    this.starting = Promise.resolve(this.state);
  }

  /** Reads name, role, permissions and organisations again. */
  async loadMe(): Promise<void> {
    try {
      this.become({ status: 'signed-in', me: await authMe() });
    } catch (error) {
      const orgIsGone =
        error instanceof ApiProblem && (error.status === 403 || error.status === 404) && this.orgId !== null;
      if (!orgIsGone) throw error;
      this.keepOrg(null);
      this.become({ status: 'signed-in', me: await authMe() });
    }
    if (this.state.me) this.keepOrg(this.state.me.org.id);
  }

  async switchOrg(orgId: string): Promise<void> {
    this.keepOrg(orgId);
    await this.loadMe();
  }

  async signOut(everywhere = false): Promise<void> {
    await authLogout({ body: { everywhere } });
    this.otherTabs?.postMessage('signed-out');
    this.become({ status: 'signed-out', me: null });
  }

  /** An access token for a new socket connection; null when the person has to sign in again. */
  async socketToken({ renew }: { renew: boolean }): Promise<string | null> {
    if (renew || this.token === null) await this.refresh();
    return this.token;
  }

  private async resume(): Promise<SessionState> {
    if (await this.refresh()) await this.loadMe();
    else this.become({ status: 'signed-out', me: null });
    return this.state;
  }

  private refresh(): Promise<boolean> {
    this.refreshing ??= oneTabAtATime(() => this.refreshNow()).finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async refreshNow(): Promise<boolean> {
    try {
      const answer = await authRefresh({ anonymous: true });
      this.token = answer.accessToken;
      return true;
    } catch (error) {
      const refused = error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429;
      if (!refused) throw error;
      this.become({ status: 'signed-out', me: null });
      return false;
    }
  }

  private keepOrg(orgId: string | null): void {
    this.orgId = orgId;
    if (orgId === null) storage()?.removeItem(ORG_KEY);
    else storage()?.setItem(ORG_KEY, orgId);
  }

  private become(state: SessionState): void {
    if (state.status === 'signed-out') {
      this.token = null;
      this.starting = Promise.resolve(state);
    }
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** Web Locks exist only on https and localhost; elsewhere the server's short grace for a just-rotated token has to do. */
function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request('agentflow.refresh', work) : work();
}

function storage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

export const session = new Session();
