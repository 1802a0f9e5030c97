import { currentPrincipal } from '#auth';
import { Watchers } from '#executions';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { tooManyOpen } from './mcp.errors.js';

/** A team's many clients may share a key; nobody needs more at once. */
const MAX_PER_CREDENTIAL = 256;
const MAX_PER_PROCESS = 4_000;

/** How long the last answers may take to be written. */
const LAST_WORDS_MS = 2_000;

/** Something that is kept open for a client: a call, or the stream of a session. */
export interface OpenExchange {
  /** Its credential is gone, or allows less than it did. */
  readonly onRevoked: () => void;
  /** This process takes no more work, but what runs may still end. Whoever can come back elsewhere does, after that time. */
  readonly onDraining: (reconnectInMs: number) => void;
  /** What runs has ended or was handed over: say what there is to say, now. */
  readonly onClosing: () => void;
}

/** Knows what is open, so that it is bounded, and ends in time and with an answer. */
@Injectable()
export class OpenExchanges implements BeforeApplicationShutdown {
  private readonly open = new Set<OpenExchange>();
  private readonly byCredential = new Map<string, number>();
  private whenEmpty: () => void = () => undefined;

  constructor(private readonly watchers: Watchers) {}

  /** @returns how to take it off, to be called once. @throws AppError limited */
  add(exchange: OpenExchange): () => void {
    const principal = currentPrincipal();
    const { credentialId } = principal;
    const before = this.byCredential.get(credentialId) ?? 0;
    if (before >= MAX_PER_CREDENTIAL || this.open.size >= MAX_PER_PROCESS) throw tooManyOpen(before);
    this.byCredential.set(credentialId, before + 1);
    this.open.add(exchange);
    const leave = this.watchers.add({ principal, revoked: exchange.onRevoked, draining: exchange.onDraining });
    return () => {
      leave();
      this.open.delete(exchange);
      const left = (this.byCredential.get(credentialId) ?? 1) - 1;
      if (left === 0) this.byCredential.delete(credentialId);
      else this.byCredential.set(credentialId, left);
      if (this.open.size === 0) this.whenEmpty();
    };
  }

  /** Before the connections are closed, and after runs were given their time. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.open.size === 0) return;
    for (const { onClosing } of [...this.open]) onClosing();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LAST_WORDS_MS);
      this.whenEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.open.size === 0) this.whenEmpty();
    });
  }
}
