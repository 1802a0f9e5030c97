import { describe, expect, it } from 'vitest';
import { inputFromFields } from '../panels/run-input';
import { changeStartField, removeStartField, startFieldsOf, type StartField } from './start-fields';

const schema = {
  type: 'object',
  properties: { text: { type: 'string', title: 'Text', minLength: 1 }, size: { type: 'integer' } },
  required: ['text'],
  additionalProperties: false,
};
const text = () => startFieldsOf(schema)?.[0] as StartField;

describe('the fields of an input schema', () => {
  it('are one per property', () => {
    expect(startFieldsOf(schema)?.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['text', 'string', true],
      ['size', 'integer', false],
    ]);
    expect(startFieldsOf(undefined)).toEqual([]);
  });

  it('are given up for a schema that says more than fields can', () => {
    expect(startFieldsOf({ anyOf: [] })).toBeNull();
    expect(startFieldsOf({ type: 'array' })).toBeNull();
    expect(startFieldsOf({ type: 'object', properties: { a: { type: ['string', 'null'] } } })).toBeNull();
  });

  it('rename in place and keep what fields do not show', () => {
    const next = changeStartField(schema, 'text', { ...text(), name: 'body' });
    expect(next).toEqual({
      type: 'object',
      properties: { body: { type: 'string', title: 'Text', minLength: 1 }, size: { type: 'integer' } },
      required: ['body'],
      additionalProperties: false,
    });
  });

  it('drop the rules of the old type when the type changes', () => {
    const next = changeStartField(schema, 'text', { ...text(), type: 'boolean', required: false });
    expect(next).toMatchObject({ properties: { text: { type: 'boolean', title: 'Text' } } });
    expect(next).not.toHaveProperty('required');
  });

  it('can be removed', () => {
    expect(removeStartField(schema, 'text')).toEqual({
      type: 'object',
      properties: { size: { type: 'integer' } },
      additionalProperties: false,
    });
  });
});

describe('the input typed for a run', () => {
  it('has numbers as numbers and leaves out what is empty and optional', () => {
    const fields = startFieldsOf({
      properties: {
        text: { type: 'string' },
        size: { type: 'integer' },
        on: { type: 'boolean' },
        tags: { type: 'array' },
      },
      required: ['text', 'on'],
    }) as StartField[];
    expect(inputFromFields(fields, { size: '3', tags: '["a"]' })).toEqual({
      text: '',
      size: 3,
      on: false,
      tags: ['a'],
    });
    expect(inputFromFields(fields, { on: true })).toEqual({ text: '', on: true });
    expect(() => inputFromFields(fields, { tags: '[' })).toThrow(SyntaxError);
  });
});
