import { findSchemaProblem } from '../../model/find-schema-problem.js';
import type { JsonSchema } from '../../model/json-schema.js';
import { sampleText } from '../../testing/sample-text.js';
import { extractJson } from './extract-json.js';

const TEXT = { type: 'string' };
const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

describe('extractJson', () => {
  it('reads an invoice', () => {
    const schema = object({
      invoice_number: TEXT,
      invoice_date: { type: 'string', format: 'date' },
      dueDate: { type: 'string', format: 'date' },
      vendor: TEXT,
      customer: object({ name: TEXT }),
      contact_person: TEXT,
      total: { type: 'number' },
      vat_rate: { type: ['number', 'null'] },
      currency: { enum: ['EUR', 'USD'] },
      line_items: {
        type: 'array',
        items: object({ quantity: { type: 'integer' }, description: TEXT, unit_price: { type: 'number' } }),
      },
      iban: TEXT,
      phone: TEXT,
      purchase_order: { type: ['string', 'null'] },
    });
    const invoice = extractJson(schema, sampleText('invoice'));
    expect(findSchemaProblem(schema, invoice)).toBeUndefined();
    expect(invoice).toEqual({
      invoice_number: 'RE-2026-1187',
      invoice_date: '2026-03-12',
      dueDate: '2026-04-11',
      vendor: 'Nordlicht Office GmbH',
      customer: { name: 'Keller & Partner AG' },
      contact_person: 'Thomas Brandt',
      total: 824.19,
      vat_rate: 19,
      currency: 'EUR',
      line_items: [
        { quantity: 4, description: 'Desk lamp', unit_price: 39.9 },
        { quantity: 2, description: 'Office chair', unit_price: 249 },
        { quantity: 10, description: 'Notebook', unit_price: 3.5 },
      ],
      iban: 'DE02 1203 0000 0000 2020 51',
      phone: '+49 40 555 01 99',
      purchase_order: null,
    });
  });

  it('reads a support ticket', () => {
    const schema = object({
      category: { enum: ['billing', 'technical', 'other'] },
      urgency: { enum: ['low', 'medium', 'high'] },
      sentiment: { enum: ['positive', 'neutral', 'negative'] },
      needsRefund: { type: 'boolean' },
      customerName: TEXT,
      email: { type: 'string', format: 'email' },
      amount: { type: 'number' },
      invoiceId: { type: 'string', pattern: '^INV-\\d{4}-\\d{4}$' },
      summary: { type: 'string', maxLength: 100 },
      tags: { type: 'array', items: TEXT, maxItems: 3 },
    });
    const ticket = extractJson(schema, sampleText('ticket')) as Record<string, unknown>;
    expect(findSchemaProblem(schema, ticket)).toBeUndefined();
    expect(ticket).toMatchObject({
      category: 'billing',
      urgency: 'high',
      sentiment: 'negative',
      needsRefund: true,
      customerName: 'Jonas Weber',
      email: 'jonas.weber@example.org',
      amount: 49,
      invoiceId: 'INV-2026-0311',
    });
    expect(ticket['tags']).toHaveLength(3);
    expect(ticket['summary']).toMatch(/^I was charged twice/);
  });

  it('reads a German complaint', () => {
    const schema = object({
      order_number: TEXT,
      order_date: { type: 'string', format: 'date' },
      deadline: { type: 'string', format: 'date' },
      customer_name: TEXT,
      phone: TEXT,
      amount: { type: 'number' },
      language: { enum: ['English', 'German'] },
    });
    expect(extractJson(schema, sampleText('beschwerde'))).toMatchObject({
      order_number: '4711-88',
      order_date: '2026-03-02',
      deadline: '2026-03-20',
      customer_name: 'Sabine Krüger',
      phone: '0341 998877',
      amount: 129.95,
      language: 'German',
    });
  });

  it('says null, nothing or the emptiest thing for what the text does not hold', () => {
    const schema = object(
      {
        email: { type: ['string', 'null'] },
        phone: TEXT,
        total: { type: 'number', minimum: 1 },
        tags: { type: 'array', items: TEXT },
        site: TEXT,
        due: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
      },
      ['email', 'phone', 'total', 'due'],
    );
    expect(extractJson(schema, '')).toEqual({ email: null, phone: '', total: 1, tags: [], due: null });
  });

  it.each<[string, JsonSchema]>([
    [
      'references',
      {
        $ref: '#/$defs/person',
        $defs: { person: object({ name: TEXT, boss: { anyOf: [{ $ref: '#/$defs/person' }, { type: 'null' }] } }) },
      },
    ],
    [
      'allOf',
      {
        allOf: [object({ name: TEXT }, ['name']), { properties: { email: TEXT }, required: ['email'] }].map((part) => ({
          ...part,
          additionalProperties: true,
        })),
      },
    ],
    ['a list at the root', { type: 'array', items: TEXT, minItems: 2 }],
    ['bare values', { type: 'integer', minimum: 3, exclusiveMaximum: 9 }],
    ['a length that must be', { type: 'string', minLength: 5, maxLength: 8 }],
    [
      'unknown keywords',
      { type: 'object', properties: { a: { type: 'string', contentEncoding: 'base64' } }, required: ['a'] },
    ],
    [
      'names that are traps',
      { type: 'object', properties: { ['__proto__']: TEXT, constructor: TEXT }, required: ['constructor'] },
    ],
    ['numbers to choose from', object({ level: { enum: [1, 2, 3] } })],
  ])('satisfies schemas with %s, whatever the text', (_what, schema) => {
    for (const text of ['', 'Hello', sampleText('ticket'), sampleText('invoice'), '{"a": [1, 2, {"b": null}]}']) {
      expect(findSchemaProblem(schema, extractJson(schema, text))).toBeUndefined();
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is not blown up by a schema that describes more than memory holds', () => {
    const bomb: JsonSchema = {
      $defs: {
        node: {
          type: 'object',
          properties: Object.fromEntries('abcdefgh'.split('').map((name) => [name, { $ref: '#/$defs/node' }])),
          required: ['a', 'b', 'c'],
        },
      },
      $ref: '#/$defs/node',
    };
    const startedAt = performance.now();
    extractJson(bomb, sampleText('ticket'));
    extractJson(
      {
        type: 'array',
        minItems: 1e9,
        items: { type: 'array', minItems: 1e9, items: { type: 'string', minLength: 1e9 } },
      },
      '',
    );
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('reads 200 kB within bounded time', () => {
    const long = Array.from({ length: 300 }, () => sampleText('invoice'))
      .join('\n\n')
      .slice(0, 200_000);
    const startedAt = performance.now();
    expect(
      extractJson(object({ total: { type: 'number' }, vendor: TEXT, emails: { type: 'array', items: TEXT } }), long),
    ).toMatchObject({ total: 824.19 });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
