import { describe, expect, it } from 'vitest';
import { argumentNames, readAgentTools, writeAgentTool } from './agent-tools';

describe('the tools of an agent', () => {
  it('are read in every way in which they can be written', () => {
    expect(
      readAgentTools([
        'now',
        { name: 'add', approval: true },
        { name: 'sum', approval: false },
        { name: 'x', later: 1 },
        7,
      ]),
    ).toEqual([
      { name: 'now' },
      { name: 'add', approval: 'always' },
      { name: 'sum' },
      { name: 'x', later: 1 },
      { name: '' },
    ]);
    expect(readAgentTools(undefined)).toEqual([]);
  });

  it('are written without what says nothing', () => {
    expect(writeAgentTool({ name: 'add', approval: 'never', fixed: {}, forbidden: [], description: '' })).toEqual({
      name: 'add',
    });
    const whole = { name: 'add', approval: 'onWrite', fixed: { a: 1 }, forbidden: ['b'], credentialId: 'c' } as const;
    expect(writeAgentTool({ ...whole, forbidden: ['b'] })).toEqual(whole);
  });

  it('have the arguments that their schema lists', () => {
    expect(argumentNames({ properties: { a: {}, b: {} } })).toEqual(['a', 'b']);
    expect(argumentNames(undefined)).toEqual([]);
  });
});
