import { describe, expect, it } from 'vitest';
import { schemaFieldsOf, type SchemaField } from '@/shared/forms/schema-fields';
import { changeStartField, removeStartField } from './start-fields';

const schema = {
  type: 'object',
  properties: { text: { type: 'string', title: 'Text', minLength: 1 }, size: { type: 'integer' } },
  required: ['text'],
  additionalProperties: false,
};
const text = () => schemaFieldsOf(schema)?.[0] as SchemaField;

describe('the fields of an input schema', () => {
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
