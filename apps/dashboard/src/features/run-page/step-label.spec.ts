import { describe, expect, it } from 'vitest';
import { stepLabel } from './step-label';

const label = (path: string, kind = 'transform', name: string | null = null, port: string | null = 'out') =>
  stepLabel({ path, kind, name, port });

describe('what a step is called', () => {
  it('is its name, or its id', () => {
    expect(label('sum', 'llm', 'Summarise')).toBe('Summarise');
    expect(label('sum')).toBe('sum');
  });

  it('counts rounds, items and turns from 1', () => {
    expect(label('again/2', 'loop', 'Until it fits')).toBe('Round 3');
    expect(label('again/3', 'loop', 'Until it fits', 'done')).toBe('End of the loop');
    expect(label('each/0')).toBe('Item 1');
    expect(label('each/0', 'llm', 'Translate')).toBe('Translate 1');
    expect(label('helper/1/model', 'llm')).toBe('Turn 2: model');
    expect(label('helper/1/tool/0', 'tool')).toBe('Turn 2: tool call');
    expect(label('helper/1/tool/0', 'tool', 'search')).toBe('search');
  });

  it('says which try of the step above it belongs to', () => {
    expect(label('each/4~2')).toBe('Item 5, try 2');
  });

  it('is the node in the body of a loop', () => {
    expect(label('again/2/ask', 'approval')).toBe('ask');
  });
});
