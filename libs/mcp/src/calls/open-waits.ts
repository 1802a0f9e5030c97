import type { EventEnvelope } from '#executions';

/** Kinds of waits that end without anybody. */
const PASSING_WAITS = new Set(['timer', 'run']);

/** The waits of a run that somebody outside must answer, by its events. */
export class OpenWaits {
  private readonly titles = new Map<string, string>();

  hear({ type, data }: EventEnvelope): void {
    const { waitId, kind, title = '' } = data as { waitId: string; kind: string; title?: string };
    if (type === 'wait-start' && !PASSING_WAITS.has(kind)) this.titles.set(waitId, title);
    if (type === 'wait-end') this.titles.delete(waitId);
  }

  get isEmpty(): boolean {
    return this.titles.size === 0;
  }

  /** What is to be answered, for people. */
  get title(): string {
    return [...this.titles.values()].filter((title) => title !== '').join('; ');
  }
}
