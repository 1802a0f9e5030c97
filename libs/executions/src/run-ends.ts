import { Injectable } from '@nestjs/common';
import { EndpointDeliveries } from '#webhooks';
import { CallbackDeliveries } from './callbacks/callback-deliveries.js';
import type { Attempt } from './execution-runner.js';
import { ExecutionsMetrics } from './executions.metrics.js';
import type { RunEnd } from './run-end.js';
import { RunFamily } from './run-family.js';
import { LateCalls } from './spending/late-calls.js';

/** Who hears of the end of a run: the metrics, the runs around it, and whoever asked to be told. */
@Injectable()
export class RunEnds {
  constructor(
    private readonly metrics: ExecutionsMetrics,
    private readonly family: RunFamily,
    private readonly callbacks: CallbackDeliveries,
    private readonly late: LateCalls,
    private readonly endpoints: EndpointDeliveries,
  ) {}

  /** Model calls that ended after their run, or whose run is another process's. */
  lateCalls(rows: readonly string[]): void {
    void this.late.write(rows);
  }

  /** Never rejects. @param hadChildren whether runs were still going on below it */
  async announce(
    { executionId, acceptedAt, parentId, accept }: Attempt,
    end: RunEnd,
    hadChildren: boolean,
  ): Promise<void> {
    this.metrics.ended(end, acceptedAt);
    this.callbacks.runEnded(executionId, Boolean(accept?.callback));
    this.endpoints.somethingHappened();
    if (parentId) await this.family.tellParent(executionId);
    if (hadChildren) await this.family.cancelBelow(executionId);
  }
}
