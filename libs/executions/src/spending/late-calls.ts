import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { OrgDatabase } from '#tenancy';
import { LATE_CALLS_STATEMENT } from '../journal/call-parts.js';

const TRIES = 5;
const FIRST_PAUSE_MS = 200;

/**
 * Writes down and pays for model calls that ended after their run did, or whose run another process has: the fence keeps
 * an older attempt's results out, but not the fact that a provider was asked.
 */
@Injectable()
export class LateCalls {
  constructor(
    private readonly database: OrgDatabase,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /**
   * Never rejects: what cannot be written is settled at its estimate later, like a call whose process died.
   * @param rows see `callRow`
   */
  async write(rows: readonly string[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.database.acrossOrgsStatement('calls of runs that are over', LATE_CALLS_STATEMENT, [
          `[${rows.join(',')}]`,
        ]);
        return;
      } catch (error) {
        if (attempt === TRIES) {
          this.logger.warn({ err: error, calls: rows.length }, 'model calls of ended runs were not written down');
          return;
        }
        await sleep(FIRST_PAUSE_MS * 2 ** attempt);
      }
    }
  }
}
