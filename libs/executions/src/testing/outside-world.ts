import { FakeStepServices } from '../../../kernel/src/testing/index.js';
import type { ExecutionsTestProcess } from './executions-test-process.js';

/** The first call to `/second` never ends, as when a process dies during it; the later ones answer. */
export function hangsOnce(): FakeStepServices {
  let calls = 0;
  return new FakeStepServices({
    http: ({ url }) => (url.endsWith('/second') && ++calls === 1 ? new Promise(() => undefined) : {}),
  });
}

/** The addresses that the process has called, in their order. */
export function urlsOf({ outside }: ExecutionsTestProcess): string[] {
  return outside.httpCalls.map(({ request }) => request.url);
}
