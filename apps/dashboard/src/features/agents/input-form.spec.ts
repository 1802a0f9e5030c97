import { describe, expect, it } from 'vitest';
import { inputFieldsOf, inputOf } from './input-form';

const schema = {
  type: 'object',
  properties: {
    text: { type: 'string', description: 'What to read.' },
    count: { type: 'integer' },
    loud: { type: 'boolean' },
    tone: { type: 'string', enum: ['calm', 'loud'] },
  },
  required: ['text'],
};

describe('the input form of a run', () => {
  it('has a field for each simple property', () => {
    expect(inputFieldsOf(schema)?.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['text', 'string', true],
      ['count', 'number', false],
      ['loud', 'boolean', false],
      ['tone', 'string', false],
    ]);
  });

  it('leaves nested inputs to JSON', () => {
    expect(inputFieldsOf({ properties: { order: { type: 'object' } } })).toBeNull();
    expect(inputFieldsOf(undefined)).toBeNull();
  });

  it('sends numbers as numbers and leaves empty optional fields out', () => {
    const fields = inputFieldsOf(schema) ?? [];
    expect(inputOf(fields, { text: '', count: '3', tone: '' })).toEqual({ text: '', count: 3, loud: false });
  });
});
