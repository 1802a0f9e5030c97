import { Injectable } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { InjectLogger, type Logger } from '#platform/logging';
import { tooManyRequests } from '../billing.errors.js';
import { BudgetExhausted } from '../escrow/budget-exhausted.js';
import { OrgPlans, type PlanName } from './org-plans.js';
import type { Meter, RateSubject, RateWindow, TokenHold } from './rate-window.js';
import { RateWindowsRepository } from './rate-windows.repository.js';

export interface MeterState {
  readonly limit: number;
  readonly remaining: number;
  /** Null while nothing is counted. */
  readonly resetsAt: Date | null;
}

/** What somebody may still do in this minute; null on a plan without limits. */
export interface RateState {
  readonly plan: PlanName;
  readonly requests: MeterState | null;
  readonly tokens: MeterState | null;
}

/** How often in a minute each person may start model work, and how many tokens it may take, by the plan of the organisation. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly plans: OrgPlans,
    private readonly windows: RateWindowsRepository,
    @InjectSettings() private readonly settings: Settings,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Counts one request. @returns null on a plan without limits */
  async countRequest(subject: RateSubject): Promise<RateWindow | null> {
    const tier = await this.tierOf(subject.orgId);
    if (!tier) return null;
    return this.windows.take({ ...subject, meter: 'requests', units: 1, bound: tier.requestsPerMinute });
  }

  /** Counts one request that no door announces itself to anybody, or refuses it. @throws AppError limited, with the time to wait */
  async admitRequest(subject: RateSubject): Promise<void> {
    const window = await this.countRequest(subject);
    if (window?.granted === false) throw tooManyRequests(subject, window);
  }

  /**
   * Takes the tokens that a model call may use. A call that is larger than a whole minute takes the whole minute: it could
   * never be made otherwise.
   * @param call its tokens are the most that it can use, input and output
   * @returns null on a plan without limits
   * @throws BudgetExhausted of `tokens_minute`, with the moment at which there are tokens again
   */
  async reserveTokens({ orgId, userId, tokens }: RateSubject & { readonly tokens: number }): Promise<TokenHold | null> {
    const tier = await this.tierOf(orgId);
    if (!tier || tokens <= 0) return null;
    const bound = tier.tokensPerMinute;
    const units = Math.min(Math.ceil(tokens), bound);
    const { granted, resetsAt } = await this.windows.take({ orgId, userId, meter: 'tokens', units, bound });
    if (granted) return { orgId, userId, tokens: units, bound };
    throw new BudgetExhausted({
      budget: 'tokens_minute',
      subjectId: userId ?? orgId,
      limitMicroUsd: bound,
      neededMicroUsd: units,
      resetsAt,
    });
  }

  /** Gives back what the call did not use. Never rejects: a minute heals what cannot be given back. */
  async settleTokens(hold: TokenHold | null, tokens: number): Promise<void> {
    if (!hold) return;
    const units = Math.ceil(tokens) - hold.tokens;
    if (units >= 0) return;
    await this.windows.take({ ...hold, meter: 'tokens', units }).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'tokens of a model call were not given back to their minute');
    });
  }

  /** The present windows of somebody, without taking anything from them. */
  async stateOf({ orgId, userId }: RateSubject): Promise<RateState> {
    const plan = await this.plans.of(orgId);
    if (plan === 'enterprise') return { plan, requests: null, tokens: null };
    const { requestsPerMinute, tokensPerMinute } = this.settings.billing.tiers[plan];
    const used = await this.windows.used({ orgId, userId });
    const state = (meter: Meter, limit: number): MeterState => ({
      limit,
      remaining: Math.max(0, limit - (used.get(meter)?.used ?? 0)),
      resetsAt: used.get(meter)?.endsAt ?? null,
    });
    return { plan, requests: state('requests', requestsPerMinute), tokens: state('tokens', tokensPerMinute) };
  }

  private async tierOf(orgId: string): Promise<Settings['billing']['tiers']['free'] | null> {
    const plan = await this.plans.of(orgId);
    return plan === 'enterprise' ? null : this.settings.billing.tiers[plan];
  }
}
