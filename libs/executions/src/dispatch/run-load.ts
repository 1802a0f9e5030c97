import { Injectable } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { InjectLogger, type Logger } from '#platform/logging';
import { OrgContext } from '#tenancy';
import { queueFull } from '../executions.errors.js';
import { ClaimsRepository } from './claims.repository.js';

/** How old the counts may be. What this process has started since then is added. */
const REFRESH_MS = 500;

interface Open {
  queued: number;
  running: number;
}

/**
 * How many runs of an organisation are under way, near enough to decide about one more without asking the database
 * for each. The exact limit is kept where runs are claimed.
 */
@Injectable()
export class RunLoad {
  private open = new Map<string, Open>();
  private countedAt = 0;
  private counting: Promise<void> | null = null;

  constructor(
    private readonly claims: ClaimsRepository,
    @InjectSettings() private readonly settings: Settings,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /**
   * Decides about one more run of the open organisation: at once as asked, or on the queue while too many run.
   * @throws AppError when too many wait already
   */
  async admit(mode: 'interactive' | 'background'): Promise<'interactive' | 'background'> {
    await this.refresh();
    const { orgConcurrentRuns, orgQueuedRuns } = this.settings.executions;
    const load = this.loadOf(OrgContext.require());
    if (mode === 'interactive' && load.running < orgConcurrentRuns) {
      load.running += 1;
      return 'interactive';
    }
    if (load.queued >= orgQueuedRuns) throw queueFull(orgQueuedRuns);
    load.queued += 1;
    return 'background';
  }

  /** An interactive run of this process is over. */
  ended(orgId: string): void {
    const load = this.loadOf(orgId);
    load.running = Math.max(0, load.running - 1);
  }

  private loadOf(orgId: string): Open {
    const known = this.open.get(orgId);
    if (known) return known;
    const none = { queued: 0, running: 0 };
    this.open.set(orgId, none);
    return none;
  }

  /** Waits only for the very first count: a later one goes on beside the starts that noticed its age. */
  private async refresh(): Promise<void> {
    if (Date.now() - this.countedAt < REFRESH_MS) return;
    this.counting ??= this.count().finally(() => (this.counting = null));
    if (this.countedAt === 0) await this.counting;
  }

  private async count(): Promise<void> {
    try {
      const rows = await this.claims.countOpen();
      this.open = new Map(rows.map(({ orgId, queued, running }) => [orgId, { queued, running }]));
    } catch (error) {
      this.logger.warn({ err: error }, 'open runs could not be counted; going on with the last count');
    }
    this.countedAt = Date.now();
  }
}
