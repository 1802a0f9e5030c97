import { currentPrincipal } from '#auth';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { sessionMissing } from '../mcp.errors.js';
import { McpSessions } from './mcp-sessions.js';
import { SessionSignalBus, type SessionSignals } from './session-signal-bus.js';
import { SessionStates } from './session-states.js';

/** Everything about the session of whoever asks, whichever process it began in. */
@Injectable()
export class ClientSessions {
  constructor(
    private readonly sessions: McpSessions,
    private readonly states: SessionStates,
    private readonly signals: SessionSignalBus,
  ) {}

  /** A new one, of the credential that asks. */
  open(): string {
    return this.sessions.open(currentPrincipal());
  }

  /** The one that the request names. @throws AppError malformed when it names none, not found when it is not the asker's */
  require({ headers }: Request): string {
    const session = headers['mcp-session-id'];
    if (typeof session !== 'string') throw sessionMissing();
    this.sessions.assertOpen(session, currentPrincipal());
    return session;
  }

  cancel(session: string, id: RequestId): void {
    this.signals.cancel(session, id);
  }

  end(session: string): void {
    this.states.end(session);
    this.signals.end(session);
  }

  /** @returns how to stop listening */
  listen(session: string, signals: SessionSignals): () => void {
    return this.signals.listen(session, signals);
  }
}
