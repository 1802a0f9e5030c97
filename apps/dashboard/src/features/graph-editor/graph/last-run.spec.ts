import { describe, expect, it } from 'vitest';
import type { ExecutionStep } from '@/shared/api/generated/schema';
import { sampleGraph } from '../testing/sample-graph';
import { lastRunOf, previewOf } from './last-run';
import { scopeOf, shapeAt } from './scope-shape';

const row = (path: string, nodeId: string, output: ExecutionStep['output'], kind = 'transform'): ExecutionStep => ({
  path,
  nodeId,
  kind,
  status: 'succeeded',
  port: 'out',
  tries: 1,
  input: null,
  output,
  error: null,
  large: null,
  usage: null,
  startedAt: '2026-11-21T10:00:00.000Z',
  finishedAt: '2026-11-21T10:00:01.000Z',
});

describe('the values of the last run', () => {
  const lastRun = lastRunOf({ id: 'r', input: { text: 'Dear team', extra: 7 }, large: null }, [
    row('size', 'size', 42),
    row('each/0', 'each', 'inner', 'llm'),
    row('again/0', 'again', { index: 0 }, 'loop'),
    row('again/1', 'again', { iterations: 1 }, 'loop'),
  ]);

  it('are of the latest step of each node, not of what ran inside of it', () => {
    expect([...lastRun.steps.keys()]).toEqual(['size', 'again']);
    expect(lastRun.steps.get('again')?.output).toEqual({ iterations: 1 });
  });

  it('stand beside what an expression can see, unknown fields too', () => {
    const scope = scopeOf(sampleGraph(), 'route', { lastRun });
    expect(shapeAt(scope, ['input', 'text'])?.value).toBe('"Dear team"');
    expect(shapeAt(scope, ['input', 'extra'])?.value).toBe('7');
    expect(shapeAt(scope, ['steps', 'size'])?.value).toBe('42');
  });

  it('are shown in a few words', () => {
    expect(previewOf([1, 2, 3])).toBe('list of 3');
    expect(previewOf({ a: 'x'.repeat(60), b: 1 })).toBe('{ a, b }');
    expect(previewOf('x'.repeat(80)).endsWith('…')).toBe(true);
  });
});
