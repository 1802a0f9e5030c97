import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { ConversationRounds } from './conversation-rounds.js';

const EVERY_MS = 1_000;
const EXPIRE_EVERY_ROUNDS = 60;

/** Goes on with conversations that nobody goes on with, in every process; what one of them does is nothing to do for the others. */
@Injectable()
export class ConversationsTask implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private rounds = 0;
  private stopped = false;

  constructor(
    private readonly work: ConversationRounds,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.next();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.rounds += 1;
      this.running = this.work
        .round()
        .then(() => (this.rounds % EXPIRE_EVERY_ROUNDS === 0 ? this.work.expire() : undefined))
        .catch((error: unknown) =>
          this.logger.warn({ err: error }, 'conversations: a round failed, the next one tries again'),
        )
        .finally(() => this.next());
    }, EVERY_MS);
    this.timer.unref();
  }
}
