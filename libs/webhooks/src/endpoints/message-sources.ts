import { Injectable } from '@nestjs/common';

/** What a delivery tells of. */
export interface EventReference {
  readonly type: string;
  readonly executionId: string | null;
  readonly waitId: string | null;
}

/** Finds out what to say, in the organisation; null when what it tells of is gone. The same at every call. */
export type MessageSource = (event: EventReference) => Promise<Readonly<Record<string, unknown>> | null>;

/** Who knows what a message says: domains put themselves in here for their own events. */
@Injectable()
export class MessageSources {
  private readonly sources = new Map<string, MessageSource>();

  /** @param domain first word of the event's type, `execution` */
  register(domain: string, source: MessageSource): void {
    if (this.sources.has(domain)) throw new Error(`Two sources want to say what ${domain} events mean.`);
    this.sources.set(domain, source);
  }

  async dataOf(event: EventReference): Promise<Readonly<Record<string, unknown>> | null> {
    const domain = event.type.split('.', 1)[0] ?? '';
    const source = this.sources.get(domain);
    if (!source) throw new Error(`Nobody says what ${event.type} means.`);
    return source(event);
  }
}
