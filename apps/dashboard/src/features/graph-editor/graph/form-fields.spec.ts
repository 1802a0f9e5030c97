import { describe, expect, it } from 'vitest';
import { kindOfSample } from '../testing/sample-graph';
import { findFieldProblem } from './field-rules';
import { formFieldsOf, type FormField } from './form-fields';

const formOf = (properties: Record<string, unknown>, required: string[] = []) =>
  formFieldsOf({ configSchema: { type: 'object', properties, required } });

describe('the form of a kind', () => {
  it('has a field for each property, in order, with its pointer and editor', () => {
    const fields = formFieldsOf(kindOfSample('llm'));
    expect(fields.map(({ name, editor, required }) => [name, editor, required])).toEqual([
      ['model', 'model', true],
      ['prompt', 'template', true],
      ['temperature', 'number', false],
    ]);
    expect(fields[1]?.pointer).toBe('/config/prompt');
    expect(fields[1]?.label).toBe('Prompt');
  });

  it('tells the editor from the type when the schema names none it knows', () => {
    const fields = formOf({
      on: { type: 'boolean' },
      size: { type: 'integer' },
      way: { enum: ['a', 'b'] },
      names: { type: 'array', items: { type: 'string' } },
      tree: { type: 'object' },
      text: { type: 'string', 'x-editor': 'hologram' },
      maxTokens: {},
    });
    expect(fields.map((field) => field.editor)).toEqual([
      'switch',
      'number',
      'select',
      'string-list',
      'json',
      'text',
      'json',
    ]);
    expect(fields.at(-1)?.label).toBe('Max tokens');
  });

  it('escapes names in pointers', () => {
    expect(formOf({ 'a/b~c': {} })[0]?.pointer).toBe('/config/a~1b~0c');
  });

  it('is empty for a kind that is not known', () => {
    expect(formFieldsOf(undefined)).toEqual([]);
  });
});

describe('leaving a field', () => {
  const field = (schema: Record<string, unknown>, required = false) =>
    formOf({ value: { title: 'Value', ...schema } }, required ? ['value'] : [])[0] as FormField;

  it('asks for what is required', () => {
    expect(findFieldProblem(field({ type: 'string' }, true), '')).toBe('Value is missing: fill it in.');
    expect(findFieldProblem(field({ type: 'string' }), undefined)).toBeNull();
  });

  it('knows bounds of numbers, texts and lists', () => {
    expect(findFieldProblem(field({ type: 'number', minimum: 0, maximum: 2 }), 3)).toBe('Use 2 or less.');
    expect(findFieldProblem(field({ type: 'integer' }), 1.5)).toBe('Use a whole number.');
    expect(findFieldProblem(field({ exclusiveMinimum: 0 }), 0)).toBe('Use more than 0.');
    expect(findFieldProblem(field({ type: 'string', maxLength: 3 }), 'four')).toBe('Write at most 3 characters.');
    expect(findFieldProblem(field({ type: 'array', minItems: 1 }), [])).toBe('Add at least one entry.');
  });

  it('checks patterns, and leaves one it cannot read to the server', () => {
    expect(findFieldProblem(field({ type: 'string', pattern: '^[a-z]+/.+$' }), 'offline')).toContain('form');
    expect(findFieldProblem(field({ type: 'string', pattern: '(' }), 'anything')).toBeNull();
  });
});
