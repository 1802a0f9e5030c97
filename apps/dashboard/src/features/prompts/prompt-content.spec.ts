import { describe, expect, it } from 'vitest';
import { foldUnchanged } from './prompt-changes';
import { newVariable, readAllTyped, undeclaredNames, wholeContent } from './prompt-content';
import { allVariables, firstCandidates, toRequest, withOneMore } from './try-candidates';

const content = wholeContent({
  user: '{{ count }} {{ tags }} {{ name }}',
  parameters: { temperature: 0.4, topP: 0.9 },
  variables: [
    { name: 'count', type: 'number', example: '3' },
    { name: 'tags', type: 'list', example: '["a"]' },
    { name: 'name', type: 'text', required: false },
  ],
});

describe('values of variables', () => {
  it('come from the examples, and from what was typed over them', () => {
    expect(readAllTyped(content.variables, {})).toEqual({ values: { count: 3, tags: ['a'] }, errors: {} });
    expect(readAllTyped(content.variables, { count: '4.5', name: 'Ada' }).values).toMatchObject({
      count: 4.5,
      name: 'Ada',
    });
  });

  it('are refused with advice when they are no such thing, or missing', () => {
    const { errors } = readAllTyped(content.variables, { count: 'many', tags: '{}' });
    expect(Object.keys(errors)).toEqual(['count', 'tags']);
    expect(readAllTyped([newVariable('text')], {}).errors).toEqual({ text: 'This variable needs a value.' });
  });
});

describe('names that nobody declared', () => {
  it('are read from the problems once each, without those that only nodes see', () => {
    const problem = (name: string) => ({ code: 'prompt.variable_unknown', message: `The text uses “${name}”, …` });
    expect(undeclaredNames([problem('a'), problem('a'), problem('input'), { code: 'x', message: '“b”' }])).toEqual([
      'a',
    ]);
  });
});

describe('candidates', () => {
  it('begin as the draft beside the newest version, with what the prompt was written for', () => {
    const [draft, version] = firstCandidates(content, 7);
    expect([draft?.source, version?.source]).toEqual(['draft', 7]);
    expect(toRequest(draft!, 'p1', content)).toMatchObject({
      draft: { user: content.user },
      model: 'simulated/offline',
      parameters: { temperature: 0.4, topP: 0.9 },
    });
    expect(toRequest(version!, 'p1', content)).toMatchObject({ promptId: 'p1', version: 7 });
  });

  it('keep keys of their own, however they come and go', () => {
    const [first] = firstCandidates(content, null);
    const keys = withOneMore(withOneMore([first!])).map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
  });

  it('share one table of values', () => {
    const other = { ...content, variables: [newVariable('count'), newVariable('more'), newVariable('')] };
    expect(allVariables([content, other]).map(({ name }) => name)).toEqual(['count', 'tags', 'name', 'more']);
  });
});

describe('a difference of many lines', () => {
  it('folds what stays the same, but for a few lines around each change', () => {
    const same = Array.from({ length: 20 }, (_none, index) => ({ change: 'same' as const, text: `${index}` }));
    const folded = foldUnchanged([...same, { change: 'added', text: 'new' }]);
    expect(folded).toHaveLength(5);
    expect(folded[0]).toBe(17);
  });
});
