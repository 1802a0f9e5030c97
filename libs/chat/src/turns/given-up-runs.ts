import { ExecutionControl } from '#executions';
import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { InjectLogger, type Logger } from '#platform/logging';

/** Ends the runs of turns that had to give way, or whose conversation is gone. */
@Injectable()
export class GivenUpRuns {
  constructor(
    private readonly control: ExecutionControl,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Never rejects: one that has ended or never began needs no end, and the task finds those that go on. */
  async cancel(executionId: string): Promise<void> {
    try {
      await this.control.cancel(executionId);
    } catch (error) {
      if (!(error instanceof AppError))
        this.logger.warn({ err: error, executionId }, 'a given-up turn goes on for now');
    }
  }
}
