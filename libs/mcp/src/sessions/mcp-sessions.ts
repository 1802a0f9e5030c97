import { randomBytes } from 'node:crypto';
import type { Principal } from '#auth';
import { Injectable } from '@nestjs/common';
import { CursorCodec } from '#platform/http';
import { sessionNotFound } from '../mcp.errors.js';
import { SessionStates } from './session-states.js';

/** Afterwards a client initialises anew, which costs it one request. */
export const SESSION_LIFETIME_MS = 24 * 60 * 60_000;

/**
 * Gives out session ids and knows them again. An id is signed for one organisation and one credential, so any process
 * knows it without having seen it, and none takes it from anybody else. It says nothing about either.
 */
@Injectable()
export class McpSessions {
  constructor(
    // What binds a cursor to its list binds an id to its holder.
    private readonly signed: CursorCodec,
    private readonly states: SessionStates,
  ) {}

  open(principal: Principal): string {
    const id = randomBytes(16).toString('base64url');
    return this.signed.encode(holder(principal), { at: new Date().toISOString(), id });
  }

  /** @throws AppError not found: forged, another's, ended or too old */
  assertOpen(session: string, principal: Principal): void {
    const { at } = this.read(session, principal);
    if (Date.now() - Date.parse(at) > SESSION_LIFETIME_MS || this.states.hasEnded(session)) throw sessionNotFound();
  }

  private read(session: string, principal: Principal): { readonly at: string } {
    try {
      return this.signed.decode(holder(principal), session);
    } catch {
      throw sessionNotFound();
    }
  }
}

function holder({ orgId, kind, credentialId }: Principal): string {
  return `mcp-session:${orgId}:${kind}:${credentialId}`;
}
