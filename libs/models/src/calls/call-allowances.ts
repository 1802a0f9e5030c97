import { Injectable } from '@nestjs/common';
import { Escrow, RateLimits, type TokenHold } from '#billing';
import { OrgContext } from '#tenancy';
import type { CallPayer } from './model-call-request.js';

/** What one attempt at a provider was granted. */
export interface Allowance {
  /** To be settled with the attempt's record; null when nothing had to be set aside. */
  readonly reservationId: string | null;
  readonly tokens: TokenHold | null;
}

/** The most that an attempt can use. */
export interface MostUse {
  /** Input and output together. */
  readonly tokens: number;
  /** Null when nobody knows the price: nothing can be set aside then. */
  readonly microUsd: number | null;
}

/** Tokens of the minute and money of every budget, before a call is sent: both or neither. */
@Injectable()
export class CallAllowances {
  constructor(
    private readonly limits: RateLimits,
    private readonly escrow: Escrow,
  ) {}

  /** @throws BudgetExhausted */
  async take(payer: CallPayer, { tokens, microUsd }: MostUse): Promise<Allowance> {
    const orgId = OrgContext.require();
    const hold = await this.limits.reserveTokens({ orgId, userId: payer.userId, tokens });
    if (microUsd === null || microUsd === 0) return { reservationId: null, tokens: hold };
    try {
      const { id } = await this.escrow.reserve({ ...payer, orgId, amountMicroUsd: microUsd });
      return { reservationId: id, tokens: hold };
    } catch (error) {
      await this.limits.settleTokens(hold, 0);
      throw error;
    }
  }

  /** Gives back the tokens that were not used. The money is settled with the attempt's record. */
  giveBack({ tokens }: Allowance, used: { readonly inputTokens: number; readonly outputTokens: number }): void {
    void this.limits.settleTokens(tokens, used.inputTokens + used.outputTokens);
  }
}
