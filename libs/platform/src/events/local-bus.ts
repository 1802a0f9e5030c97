import { LiveBus, type LiveListener } from './live-bus.js';

/** Direct calls within the process. */
export class LocalBus extends LiveBus {
  private readonly channels = new Map<string, Set<LiveListener>>();

  publish(channel: string, message: string): void {
    for (const listener of this.channels.get(channel) ?? []) listener(message);
  }

  subscribe(channel: string, listener: LiveListener): () => void {
    const listeners = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.channels.get(channel) === listeners) this.channels.delete(channel);
    };
  }

  isHeardHere(channel: string): boolean {
    return this.channels.has(channel);
  }

  close(): Promise<void> {
    this.channels.clear();
    return Promise.resolve();
  }
}
