import { setTimeout as sleep } from 'node:timers/promises';
import type { Wait } from '../../support/clients/executions.client.js';
import type { Ground } from '../ground/ground.js';

const LOOKS_EVERY_MS = 300;

/** People take longer to answer than a sleeping process takes to notice that it lost its run. */
const PATIENCE_MS = 2_000;

/**
 * Answers what runs ask people: approves, sends the event that is waited for, and says of an effect what the outside
 * world knows of it. Somebody who looks into the other system before answering.
 */
export class Person {
  private isAway = false;
  private stopped = false;
  private readonly working: Promise<void>;
  private readonly startedAt = Date.now();

  constructor(private readonly ground: Ground) {
    this.working = this.work();
  }

  /** From now on effects that nobody knows about stay unanswered; approvals and events go on. */
  leaveEffectsAlone(): void {
    this.isAway = true;
  }

  async leave(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      // The API may be the very process that is down; the person tries again, as people do.
      await this.look().catch(() => undefined);
      await sleep(LOOKS_EVERY_MS);
    }
  }

  private async look(): Promise<void> {
    const { executions } = this.ground.client;
    for (const wait of await executions.inbox('?state=open&kind=approval,effect,event&limit=100')) {
      if (this.stopped) return;
      if (wait.kind === 'approval') await executions.decideAbout(wait, 'approved');
      else if (wait.kind === 'event') await this.sendEventFor(wait);
      else if (!this.isAway && this.knowsForSure)
        await executions.decideAbout(wait, this.whatHappened(wait), { ok: true });
    }
  }

  private async sendEventFor(wait: Wait & { event?: { name: string; correlation: string | null } }): Promise<void> {
    const { name, correlation } = wait.event ?? { name: 'go-on', correlation: null };
    await this.ground.client.executions.sendEvent({ name, ...(correlation !== null && { correlation }) });
  }

  /** Not while a process sleeps that may still send its request when it wakes. */
  private get knowsForSure(): boolean {
    const { members } = this.ground;
    const awakeSince = Math.max(this.startedAt, ...members.map(({ lastThawedAt }) => lastThawedAt));
    return members.every(({ frozen }) => !frozen) && Date.now() - awakeSince > PATIENCE_MS;
  }

  private whatHappened({ payload }: Wait): 'happened' | 'not_happened' {
    const { url } = payload as { url: string };
    return this.ground.world.actsOf(new URL(url).pathname) > 0 ? 'happened' : 'not_happened';
  }
}
