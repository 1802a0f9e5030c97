import type { ExecutionContext } from '@nestjs/common';
import { lastValueFrom, Subject } from 'rxjs';
import { MetricsRegistry } from '#platform/metrics';
import { ExecutionsMetrics } from './executions.metrics.js';
import { OpenConversationInterceptor } from './open-conversation.interceptor.js';

describe('A conversation at a door', () => {
  it('counts as open until it is answered, or fails', async () => {
    const metrics = new ExecutionsMetrics(new MetricsRegistry());
    const open = async (): Promise<unknown> => (await metrics.conversations.get()).values[0]?.value;
    const doors = new OpenConversationInterceptor(metrics);
    const [answered, failed] = [new Subject<string>(), new Subject<string>()];
    const waits = [answered, failed].map((handle) =>
      lastValueFrom(doors.intercept({} as ExecutionContext, { handle: () => handle })),
    );
    expect(await open()).toBe(2);
    answered.next('Yes.');
    answered.complete();
    failed.error(new Error('No.'));
    await Promise.allSettled(waits);
    expect(await open()).toBe(0);
  });
});
