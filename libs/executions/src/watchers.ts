import { type Principal, PrincipalService } from '#auth';
import { Injectable, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';

/** Revocation of a key, session or membership reaches everything that stays open within this time and a check's own. */
const RECHECK_MS = 2_000;

/** Over how long those who are asked to come back elsewhere spread, so that they do not all arrive at once. */
const SPREAD_MS = 5_000;

/** Something that stays open for a caller: a socket, an event stream, a long poll. */
export interface Watcher {
  readonly principal: Principal;
  /** The credential behind it is gone, or allows less than it did: send nothing more. */
  revoked(): void;
  /** This process is about to stop: come back after so many milliseconds, each watcher after another time. */
  draining(reconnectInMs: number): void;
}

/** Everybody who watches runs from this process: ends those who may not any more, and tells all of them in time when it stops. */
@Injectable()
export class Watchers implements OnModuleDestroy, OnApplicationShutdown {
  private readonly watchers = new Set<Watcher>();
  private readonly recheck: NodeJS.Timeout;
  private checking = false;
  private stopping = false;

  constructor(private readonly principals: PrincipalService) {
    this.recheck = setInterval(() => void this.dropRevoked(), RECHECK_MS);
    this.recheck.unref();
  }

  /** Whether this process stops: who comes now had better go elsewhere. */
  get isDraining(): boolean {
    return this.stopping;
  }

  /** @returns how to take it off */
  add(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    if (this.stopping) watcher.draining(jitter());
    return () => this.watchers.delete(watcher);
  }

  /** Asks each credential once, however many watchers it has; a check that fails ends nobody. */
  async dropRevoked(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    try {
      for (const watchers of byCredential(this.watchers)) {
        const valid = await this.principals.isStillValid(watchers[0]!.principal).catch(() => true);
        if (!valid) for (const watcher of watchers) this.drop(watcher);
      }
    } finally {
      this.checking = false;
    }
  }

  /** The first step of shutdown, while running work still ends and is still watched. */
  onModuleDestroy(): void {
    this.stopping = true;
    for (const watcher of this.watchers) watcher.draining(jitter());
  }

  onApplicationShutdown(): void {
    clearInterval(this.recheck);
  }

  private drop(watcher: Watcher): void {
    this.watchers.delete(watcher);
    watcher.revoked();
  }
}

function byCredential(watchers: Iterable<Watcher>): Iterable<readonly Watcher[]> {
  const groups = new Map<string, Watcher[]>();
  for (const watcher of watchers) {
    const { kind, credentialId, orgId, permissions } = watcher.principal;
    const key = [kind, credentialId, orgId, ...permissions].join(' ');
    const group = groups.get(key);
    if (group) group.push(watcher);
    else groups.set(key, [watcher]);
  }
  return groups.values();
}

function jitter(): number {
  return Math.round(Math.random() * SPREAD_MS);
}
