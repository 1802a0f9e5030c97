import { NodeKindRegistry } from '../node-kind-registry.js';
import type { GraphNode } from '../graph.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { StepError } from '../step-error.js';
import { FakeStepServices, graph, MemoryRunHost, node, type FakeAnswers } from '../testing/index.js';
import { walk } from '../walk.js';
import { codeKind } from './code.kind.js';

async function run(
  config: GraphNode['config'],
  code?: FakeAnswers['code'],
): Promise<{ outcome: RunOutcome; services: FakeStepServices; host: MemoryRunHost }> {
  const services = new FakeStepServices({ code });
  const host = new MemoryRunHost({ services, vars: { region: 'eu' } });
  const nodes = [
    node('before', 'transform', { expression: '1' }),
    node('code', 'code', config),
    node('out', 'output', { expression: 'steps.code' }),
  ];
  const plan = compilePlan(graph(nodes, 'start > before > code > out'), new NodeKindRegistry());
  return { outcome: await walk(plan, { text: 'hi' }, host), services, host };
}

describe('the code kind', () => {
  it('hands its input to the code and continues with the value', async () => {
    const { outcome, services } = await run(
      { source: 'x', input: 'input.text & "!"', timeoutMs: 500 },
      ({ input }) => ({
        got: input,
      }),
    );
    expect(services.codeCalls).toEqual([{ source: 'x', input: 'hi!', timeoutMs: 500 }]);
    expect(outcome).toEqual({ status: 'succeeded', output: { got: 'hi!' } });
  });

  it('hands over everything that expressions see when no input is named', async () => {
    const { services } = await run({ source: 'x' });
    expect(JSON.parse(JSON.stringify(services.codeCalls[0]?.input))).toEqual({
      input: { text: 'hi' },
      steps: { start: { text: 'hi' }, before: 1 },
      vars: { region: 'eu' },
    });
  });

  it('keeps what the code says as log lines of its step, also when it fails', async () => {
    const { outcome, host } = await run({ source: 'x' }, (_request, call) => {
      (call as unknown as { onLog(level: string, message: string): void }).onLog('warn', 'careful');
      throw new StepError({ code: 'code.threw', message: 'no (line 2)', retryable: false });
    });
    expect(host.events).toContainEqual({ type: 'log', stepId: 'code', data: { level: 'warn', message: 'careful' } });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'code.threw', stepId: 'code' } });
  });

  it.each([
    { source: '' },
    { source: 5 },
    { source: ['x'] },
    { source: 'x', timeoutMs: 60_000 },
    { source: 'x', env: {} },
  ])('refuses the configuration %j', (config) => {
    expect(codeKind.configSchema.safeParse(config).success).toBe(false);
  });
});
