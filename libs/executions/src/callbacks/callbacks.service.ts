import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { callbackNotFound, runNotEnded, tooManyAttempts, underWay } from './callbacks.errors.js';
import { CallbackDeliveries } from './callback-deliveries.js';
import { type CallbackAttemptRow, type CallbackRow, CallbacksRepository } from './callbacks.repository.js';

/** Bounds the log of one callback, however often somebody asks for it again. */
const MAX_ATTEMPTS_EVER = 100;

export type CallbackWithLog = CallbackRow & { readonly log: readonly CallbackAttemptRow[] };

/** A run's callback as people look at it and ask for it again. */
@Injectable()
export class CallbacksService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly callbacks: CallbacksRepository,
    private readonly deliveries: CallbackDeliveries,
  ) {}

  /** @throws AppError not found, also for a run without a callback */
  async get(executionId: string): Promise<CallbackWithLog> {
    const callback = await this.callbacks.find(executionId);
    if (!callback) throw callbackNotFound();
    return { ...callback, log: await this.callbacks.findAttempts(callback.id) };
  }

  /**
   * Has it tried once more, at once; when that fails it goes on where the schedule was.
   * @throws AppError not found · run not ended · under way · too many attempts
   */
  async redeliver(executionId: string): Promise<CallbackWithLog> {
    await this.database.transaction(async () => {
      const callback = await this.callbacks.lock(executionId);
      if (!callback) throw callbackNotFound();
      if (!callback.isRunFinal) throw runNotEnded();
      if (callback.isUnderWay) throw underWay();
      if (callback.attempts >= MAX_ATTEMPTS_EVER) throw tooManyAttempts(MAX_ATTEMPTS_EVER);
      await this.callbacks.makeDue(callback.id);
    });
    this.deliveries.askedFor();
    return this.get(executionId);
  }
}
