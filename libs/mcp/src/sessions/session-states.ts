import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { LoggingLevel } from '@modelcontextprotocol/sdk/types.js';
import { LruCache } from '#platform/cache';
import { LiveBus } from '#platform/events';

const CHANNEL = 'mcp-sessions';

/** Far more than have said anything; what is forgotten falls back to how a session begins. */
const MAX_SESSIONS = 20_000;

interface SessionState {
  readonly ended?: true;
  readonly level?: LoggingLevel;
}

/**
 * The little that a session remembers, told to every process of the installation. A process that was not there, or a bus
 * that was away, has missed it: then log lines come from `info` on, and an ended session ends by its age.
 */
@Injectable()
export class SessionStates implements OnModuleDestroy {
  private readonly known = new LruCache<SessionState>(MAX_SESSIONS);
  private readonly stop: () => void;

  constructor(private readonly bus: LiveBus) {
    this.stop = bus.subscribe(CHANNEL, (message) => {
      const { session, ...news } = JSON.parse(message) as SessionState & { session: string };
      this.known.set(session, { ...this.known.get(session), ...news });
    });
  }

  end(session: string): void {
    this.tell(session, { ended: true });
  }

  setLevel(session: string, level: LoggingLevel): void {
    this.tell(session, { level });
  }

  hasEnded(session: string): boolean {
    return this.known.get(session)?.ended === true;
  }

  level(session: string): LoggingLevel {
    return this.known.get(session)?.level ?? 'info';
  }

  onModuleDestroy(): void {
    this.stop();
  }

  private tell(session: string, news: SessionState): void {
    this.bus.publish(CHANNEL, JSON.stringify({ session, ...news }));
  }
}
