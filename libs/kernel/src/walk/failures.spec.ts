import type { Graph } from '../graph.js';
import { withKinds } from '../testing/custom-kinds.js';
import { FakeStepServices, graph, MemoryRunHost, node } from '../testing/index.js';
import { runGraph } from '../testing/run-graph.js';

describe('walk', () => {
  describe('failures', () => {
    const failing = (config: object = {}, ...more: string[]): Graph =>
      graph(
        [
          node('call', 'http', { method: 'GET', url: 'https://api.example/', ...config }),
          node('rescue', 'transform', { expression: 'steps.call.error' }),
          node('out', 'output', { expression: 'steps.rescue ? steps.rescue : steps.call.body' }),
        ],
        'start > call > out',
        'call.error > rescue > out',
        ...more,
      );
    const broken = () => new FakeStepServices({ http: () => ({ status: 404 }) });

    it('goes on by the error port with what went wrong', async () => {
      const host = new MemoryRunHost({ services: broken() });
      expect(await runGraph(failing(), {}, host)).toEqual({
        status: 'succeeded',
        output: { code: 'http.status', message: 'GET api.example answered with status 404.' },
      });
      expect(host.steps.find(({ path }) => path === 'call')).toMatchObject({
        status: 'failed',
        port: 'error',
        error: { code: 'http.status', retryable: false, stepId: 'call' },
      });
    });

    it('leaves the error branch alone when nothing fails', async () => {
      const host = new MemoryRunHost();
      expect(await runGraph(failing(), {}, host)).toEqual({ status: 'succeeded', output: { ok: true } });
      expect(host.idsOf('step-start')).not.toContain('rescue');
    });

    it('fails the run when nothing leads on from a failure', async () => {
      const host = new MemoryRunHost({ services: broken() });
      const document = graph(
        [node('call', 'http', { method: 'GET', url: 'https://api.example/' }), node('out', 'output')],
        'start > call > out',
      );
      expect(await runGraph(document, {}, host)).toEqual({
        status: 'failed',
        error: {
          code: 'http.status',
          message: 'GET api.example answered with status 404.',
          retryable: false,
          stepId: 'call',
        },
      });
    });

    it('stops the other branches when one fails', async () => {
      let seen: AbortSignal | undefined;
      const services = new FakeStepServices({
        http: async ({ url }, { signal }) => {
          if (url.includes('bad')) return { status: 400 };
          seen = signal;
          return new Promise(() => undefined);
        },
      });
      const document = graph(
        [
          node('bad', 'http', { method: 'GET', url: 'https://bad.example/' }),
          node('endless', 'http', { method: 'GET', url: 'https://endless.example/' }),
          node('out', 'output'),
        ],
        'start > bad > out',
        'start > endless > out',
      );
      const outcome = await runGraph(document, {}, new MemoryRunHost({ services }));
      expect(outcome).toMatchObject({ status: 'failed', error: { stepId: 'bad' } });
      expect(seen?.aborted).toBe(true);
    });

    it('hides the inside of unknown exceptions from people and shows it to the host', async () => {
      const defect = new TypeError('secret at /srv/app.js:12');
      const host = new MemoryRunHost();
      const kinds = withKinds(
        {
          custom: () => {
            throw defect;
          },
        },
        { effect: 'pure' },
      );
      const document = graph([node('odd', 'custom', { expression: '1' }), node('out', 'output')], 'start > odd > out');
      const outcome = await runGraph(document, {}, host, kinds);
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'step.internal_error', stepId: 'odd' } });
      expect(JSON.stringify([outcome, host.events, host.steps])).not.toContain('secret');
      expect(host.defects).toEqual([defect]);
    });
  });
});
