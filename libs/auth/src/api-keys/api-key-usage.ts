import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { acrossOrgs } from '#tenancy';
import { ApiKeysRepository } from './api-keys.repository.js';

const FLUSH_AFTER_MS = 10_000;

/** Remembers which keys were used and writes it down a little later, so that no request waits for it. */
@Injectable()
export class ApiKeyUsage implements OnModuleDestroy {
  private used = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly apiKeys: ApiKeysRepository,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  note(keyId: string): void {
    this.used.add(keyId);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Writes what is noted. A failure is logged and costs only a moment's accuracy. */
  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const keyIds = [...this.used];
    this.used = new Set();
    if (keyIds.length === 0) return;
    try {
      await acrossOrgs('keys of all organisations are noted as used in one go', () => this.apiKeys.markUsed(keyIds));
    } catch (error) {
      this.logger.warn({ err: error }, 'the last use of API keys was not written');
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }
}
