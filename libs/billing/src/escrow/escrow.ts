import { Injectable } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { newId } from '#platform/ids';
import { InjectLogger, type Logger } from '#platform/logging';
import { Gathering } from '../gathering.js';
import { BudgetExhausted } from './budget-exhausted.js';
import type { CallToReserve, Reservation } from './reservation.js';
import { type ReserveOutcome, ReservationsRepository } from './reservations.repository.js';

/** Bounds one statement. */
const MAX_BATCH = 200;

/** More than any call costs; beyond it sums would leave the range in which numbers are exact. */
const MAX_AMOUNT_MICRO_USD = 1_000_000_000_000;

const NOTHING: Reservation = { id: '', amountMicroUsd: 0 };

type IdentifiedCall = CallToReserve & { readonly id: string };

/**
 * Sets money aside before a model call, in every budget that binds it or in none, so that calls that are made at the
 * same moment cannot all see the same money. What the process asks for in the same few milliseconds is one statement.
 */
@Injectable()
export class Escrow {
  private readonly calls = new Gathering<IdentifiedCall, ReserveOutcome>((calls) => this.reserveAll(calls), MAX_BATCH);

  constructor(
    private readonly reservations: ReservationsRepository,
    @InjectSettings() private readonly settings: Settings,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** A call that is known to cost nothing reserves nothing. @throws BudgetExhausted */
  async reserve(call: CallToReserve): Promise<Reservation> {
    const { amountMicroUsd } = call;
    if (amountMicroUsd === 0) return NOTHING;
    if (!isAmount(amountMicroUsd)) throw new RangeError(`A call cannot cost ${amountMicroUsd} micro-USD.`);
    const { id, refusedBy, subjectId, limitMicroUsd, resetsAt } = await this.calls.ask({ ...call, id: newId() });
    if (refusedBy === null) return { id, amountMicroUsd };
    throw new BudgetExhausted({
      budget: refusedBy,
      subjectId: subjectId ?? call.orgId,
      limitMicroUsd: limitMicroUsd ?? 0,
      neededMicroUsd: amountMicroUsd,
      resetsAt,
    });
  }

  /** Gives back what was set aside for a call that cost nothing. One that is closed already stays as it is. */
  async release({ id }: Reservation): Promise<void> {
    if (id !== '') await this.reservations.settle([{ reservationId: id, amountMicroUsd: null }]);
  }

  /** For a call whose run cannot write it down any more. @param amountMicroUsd what it cost */
  async settle({ id }: Pick<Reservation, 'id'>, amountMicroUsd: number): Promise<void> {
    if (id !== '') await this.reservations.settle([{ reservationId: id, amountMicroUsd }]);
  }

  private async reserveAll(calls: readonly IdentifiedCall[]): Promise<ReserveOutcome[]> {
    try {
      const outcomes = await this.reservations.reserve(calls, this.settings.billing.userDayMicroUsd);
      return calls.map(({ id }) => outcomes.get(id) ?? silence(id));
    } catch (error) {
      this.giveBack(calls);
      throw error;
    }
  }

  /** When only the answer got lost, what was set aside is nobody's. What cannot be given back now ends with its run. */
  private giveBack(calls: readonly IdentifiedCall[]): void {
    const settlements = calls.map(({ id }) => ({ reservationId: id, amountMicroUsd: null }));
    this.reservations.settle(settlements).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'reservations could not be given back; they end with their runs');
    });
  }
}

function silence(id: string): never {
  throw new Error(`The database did not say what became of reservation ${id}.`);
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value <= MAX_AMOUNT_MICRO_USD;
}
