import { tooManyMessages } from '../triggers.errors.js';

const WINDOW_MS = 60_000;

/** Webhooks remembered at most; beyond it the oldest window is forgotten. */
const CAPACITY = 10_000;

/** So many messages a minute for each webhook, counted in this process. */
export class MessageRate {
  private readonly windows = new Map<string, { count: number; endsAt: number }>();

  constructor(
    private readonly messagesPerMinute: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws AppError limited with the time to wait */
  take(webhookId: string): void {
    const now = this.now();
    let window = this.windows.get(webhookId);
    if (!window || window.endsAt <= now) {
      this.windows.delete(webhookId);
      this.windows.set(webhookId, (window = { count: 0, endsAt: now + WINDOW_MS }));
      const [oldest] = this.windows.keys();
      if (this.windows.size > CAPACITY && oldest !== undefined) this.windows.delete(oldest);
    }
    if (window.count >= this.messagesPerMinute) throw tooManyMessages(Math.ceil((window.endsAt - now) / 1_000));
    window.count += 1;
  }
}
