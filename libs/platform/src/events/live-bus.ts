/** Called with each message of a channel, in the order of this process's arrivals. Must not throw. */
export type LiveListener = (message: string) => void;

/**
 * Publish and subscribe by channel name. At most once and not stored: whoever needs every message reads the event log
 * and uses the bus only to learn that there is something new. Also the injection token.
 */
export abstract class LiveBus {
  /** Never throws and never waits: a bus that is down must not hold up what it reports on. */
  abstract publish(channel: string, message: string): void;
  /** @returns how to stop listening */
  abstract subscribe(channel: string, listener: LiveListener): () => void;
  /** Whether anybody in this process listens; others may. */
  abstract isHeardHere(channel: string): boolean;
  abstract close(): Promise<void>;
}
