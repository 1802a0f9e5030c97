import { describe, expect, it } from 'vitest';
import { isMissing, schemaFieldsOf, valuesOf, type SchemaField } from './schema-fields';

const fieldsOf = (schema: unknown) => schemaFieldsOf(schema) as SchemaField[];

describe('the fields of a schema', () => {
  it('are one per property', () => {
    const fields = fieldsOf({
      type: 'object',
      properties: { text: { type: 'string', title: 'Text', minLength: 1 }, size: { type: 'integer' } },
      required: ['text'],
    });
    expect(fields.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['text', 'string', true],
      ['size', 'integer', false],
    ]);
    expect(schemaFieldsOf(undefined)).toEqual([]);
  });

  it('are given up for a schema that says more than fields can', () => {
    expect(schemaFieldsOf({ anyOf: [] })).toBeNull();
    expect(schemaFieldsOf({ type: 'array' })).toBeNull();
    expect(schemaFieldsOf({ type: 'object', properties: { a: { type: ['string', 'null'] } } })).toBeNull();
  });
});

describe('what was typed into them', () => {
  it('has numbers as numbers and leaves out what is empty and optional', () => {
    const fields = fieldsOf({
      properties: {
        text: { type: 'string' },
        size: { type: 'integer' },
        on: { type: 'boolean' },
        tags: { type: 'array' },
      },
      required: ['text', 'on'],
    });
    expect(valuesOf(fields, { size: '3', tags: '["a"]' })).toEqual({ text: '', size: 3, on: false, tags: ['a'] });
    expect(valuesOf(fields, { on: true })).toEqual({ text: '', on: true });
    expect(() => valuesOf(fields, { tags: '[' })).toThrow(SyntaxError);
  });

  it('is missing where a required field is empty; off is an answer', () => {
    const fields = fieldsOf({
      properties: { text: { type: 'string' }, note: { type: 'string' }, on: { type: 'boolean' } },
      required: ['text', 'on'],
    });
    expect(fields.filter((field) => isMissing(field, {})).map(({ name }) => name)).toEqual(['text']);
    expect(fields.filter((field) => isMissing(field, { text: 'x' }))).toEqual([]);
  });
});
