import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Logger } from '../logging/index.js';
import { LiveBus, type LiveListener } from './live-bus.js';
import { LocalBus } from './local-bus.js';

const PREFIX = 'agentflow:live:';

/**
 * Listeners of this process are called directly, those of others through Redis. A message carries the id of its
 * process, so that nobody hears itself twice. While Redis is away, messages to other processes are dropped.
 */
export class RedisBus extends LiveBus {
  private readonly local = new LocalBus();
  private readonly origin = randomUUID();
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly watched = new Map<string, number>();

  constructor(url: string, logger: Logger) {
    super();
    const options = {
      maxRetriesPerRequest: null,
      enableOfflineQueue: false,
      connectTimeout: 5_000,
      retryStrategy: (attempt: number) => Math.min(attempt * 100, 2_000),
    };
    this.publisher = new Redis(url, options);
    this.subscriber = new Redis(url, { ...options, autoResubscribe: true });
    for (const connection of [this.publisher, this.subscriber]) {
      connection.on('error', (error: Error) => logger.debug({ err: error }, 'live bus: Redis does not answer'));
    }
    // Channels that were watched while the connection was away are not known to ioredis: ask for all of them again.
    this.subscriber.on('ready', () => this.tell('subscribe', [...this.watched.keys()]));
    this.subscriber.on('message', (channel: string, packed: string) => this.receive(channel, packed));
  }

  publish(channel: string, message: string): void {
    this.local.publish(channel, message);
    if (this.publisher.status === 'ready') {
      this.publisher.publish(PREFIX + channel, `${this.origin}${message}`).catch(() => undefined);
    }
  }

  isHeardHere(channel: string): boolean {
    return this.local.isHeardHere(channel);
  }

  subscribe(channel: string, listener: LiveListener): () => void {
    const stop = this.local.subscribe(channel, listener);
    const watchers = (this.watched.get(channel) ?? 0) + 1;
    this.watched.set(channel, watchers);
    if (watchers === 1) this.tell('subscribe', [channel]);
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      stop();
      this.unwatch(channel);
    };
  }

  async close(): Promise<void> {
    await this.local.close();
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }

  private unwatch(channel: string): void {
    const left = (this.watched.get(channel) ?? 1) - 1;
    if (left > 0) {
      this.watched.set(channel, left);
      return;
    }
    this.watched.delete(channel);
    this.tell('unsubscribe', [channel]);
  }

  private tell(command: 'subscribe' | 'unsubscribe', channels: readonly string[]): void {
    if (channels.length === 0 || this.subscriber.status !== 'ready') return;
    this.subscriber[command](...channels.map((channel) => PREFIX + channel)).catch(() => undefined);
  }

  private receive(channel: string, packed: string): void {
    if (packed.startsWith(this.origin)) return;
    this.local.publish(channel.slice(PREFIX.length), packed.slice(this.origin.length));
  }
}
