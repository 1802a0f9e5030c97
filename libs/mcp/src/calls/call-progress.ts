import type { EventEnvelope } from '#executions';

/** A quick run of ten thousand steps must not become ten thousand messages. */
const INTERVAL_MS = 100;

/** Of a text that is being written its end is told, which is where something happens. */
const MAX_TEXT = 400;

/** One progress notification: `progress` is a number of the run's event log, so it only grows. */
export interface Progress {
  readonly progress: number;
  readonly message: string;
}

/**
 * Tells from a run's events how it gets on: which step is at it, and its text as it is written. At most ten times a
 * second; what happens in between is left out, the last of it never.
 */
export class CallProgress {
  private latest: Progress | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly names = new Map<string, string>();
  private speaker = '';
  private text = '';

  /** @param send called with what is to be told; not called after `close` */
  constructor(private readonly send: (progress: Progress) => void) {}

  hear(event: EventEnvelope): void {
    const message = this.messageOf(event);
    if (message === null) return;
    this.latest = { progress: event.seq, message };
    if (this.timer === null) this.flush();
  }

  /** Tells what is left. */
  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.latest) this.send(this.latest);
    this.latest = null;
  }

  private flush(): void {
    this.timer = null;
    if (!this.latest) return;
    this.send(this.latest);
    this.latest = null;
    this.timer = setTimeout(() => this.flush(), INTERVAL_MS);
  }

  private messageOf({ type, stepId = '', executionId, data }: EventEnvelope): string | null {
    switch (type) {
      case 'execution-start':
        return `Run ${executionId} has started`;
      case 'execution-resume':
        return `Run ${executionId} goes on`;
      case 'step-start':
        return this.begin(stepId, data as { kind: string; name?: string });
      case 'text-delta':
        return this.write(stepId, (data as { text: string }).text);
      case 'step-retry':
        return `${this.nameOf(stepId)}: trying again`;
      case 'step-end':
        return this.end(stepId, data as { status: string });
      case 'wait-start':
        return `${this.nameOf(stepId)}: ${(data as { title: string }).title}`;
      default:
        return null;
    }
  }

  private begin(stepId: string, { kind, name }: { kind: string; name?: string }): string {
    this.names.set(stepId, name ?? `${stepId} (${kind})`);
    if (this.speaker === stepId) this.text = '';
    return `${this.nameOf(stepId)}: started`;
  }

  private write(stepId: string, text: string): string {
    if (this.speaker !== stepId) this.text = '';
    this.speaker = stepId;
    const whole = this.text + text;
    this.text = whole.slice(-MAX_TEXT);
    return `${this.nameOf(stepId)}: ${whole.length > MAX_TEXT ? '…' : ''}${this.text}`;
  }

  /** Forgets the step: a loop has more steps than it has names. */
  private end(stepId: string, { status }: { status: string }): string {
    const name = this.nameOf(stepId);
    this.names.delete(stepId);
    return `${name}: ${status}`;
  }

  private nameOf(stepId: string): string {
    return this.names.get(stepId) ?? stepId;
  }
}
