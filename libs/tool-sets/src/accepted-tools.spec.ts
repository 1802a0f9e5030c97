import { acceptTools } from './accepted-tools.js';
import type { OfferedTool } from './tool-set-adapter.js';

const offered = (more: Partial<OfferedTool> = {}): OfferedTool => ({
  remoteName: 'search',
  description: 'Searches',
  inputSchema: { type: 'object', properties: { q: { type: 'string' } } },
  outputSchema: null,
  effect: 'read',
  repeatable: false,
  definition: {},
  ...more,
});

const accepted = async (more: Partial<OfferedTool>) => (await acceptTools([offered(more)])).tools[0];
const reason = async (more: Partial<OfferedTool>) => (await acceptTools([offered(more)])).leftOut[0]?.reason;

describe('what is kept of a stranger’s tools', () => {
  it('is free of characters that models read and people do not see, and cut', async () => {
    const hidden = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
    const tool = await accepted({ description: `Sear\u200Bches\u0000 ${hidden}all\u202E.\uD800 ${'x'.repeat(3_000)}` });
    expect(tool?.description).toMatch(/^Searches all\. x+…$/);
    expect(tool?.description).toHaveLength(2_000);
    const schema = { type: 'object', properties: { q: { description: `A\u200B word ${hidden}` } } };
    expect((await accepted({ inputSchema: schema }))?.inputSchema).toMatchObject({
      properties: { q: { description: 'A word' } },
    });
  });

  it('is a schema that our checks know: references resolved, unknown keywords gone, circles cut', async () => {
    const inputSchema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      properties: { node: { $ref: '#/definitions/node' }, pair: { items: [{ type: 'string' }, { type: 'number' }] } },
      definitions: { node: { type: 'object', properties: { next: { $ref: '#/definitions/node' } }, 'x-order': 1 } },
      unevaluatedProperties: false,
    };
    expect((await accepted({ inputSchema }))?.inputSchema).toEqual({
      type: 'object',
      properties: {
        node: { $ref: '#/$defs/node' },
        pair: { prefixItems: [{ type: 'string' }, { type: 'number' }] },
      },
      $defs: { node: { type: 'object', properties: { next: { type: 'object' } } } },
    });
  });

  it.each<[string, Partial<OfferedTool>, RegExp]>([
    ['arguments that are a list', { inputSchema: { type: 'array' } }, /no object/],
    [
      'a reference to elsewhere',
      { inputSchema: { $defs: {}, properties: { a: { $ref: 'https://evil.example/x' } } } },
      /another document/,
    ],
    ['a reference to nothing', { inputSchema: { properties: { a: { $ref: '#/$defs/none' } } } }, /not in the document/],
    ['a name with hidden characters', { remoteName: 'sea\u200Brch' }, /name/],
    [
      'characters that cannot be stored',
      { inputSchema: { properties: { a: { const: '\u0000' } } } },
      /cannot be stored/,
    ],
    ['a definition without end', { definition: { text: 'x'.repeat(40_000) } }, /too large/],
  ])('leaves out %s, and says why', async (_what, more, said) => {
    expect(await reason(more)).toMatch(said);
  });

  it('is one tool of each name', async () => {
    const { tools, leftOut } = await acceptTools([offered(), offered({ description: 'Another' })]);
    expect([tools.length, leftOut]).toEqual([
      1,
      [{ remoteName: 'search', reason: expect.stringContaining('same name') as string }],
    ]);
  });

  it('has another hash when anything changes that a person reviews, and the same for another order of keys', async () => {
    const hash = async (more: Partial<OfferedTool> = {}) => (await accepted(more))?.contentHash;
    const first = await hash();
    expect(await hash({ inputSchema: { properties: { q: { type: 'string' } }, type: 'object' } })).toBe(first);
    const changes: Partial<OfferedTool>[] = [
      { description: 'Searches all' },
      { effect: 'write' },
      { definition: { path: '/other' } },
      { outputSchema: { type: 'object' } },
      { inputSchema: { type: 'object', properties: { q: { type: 'string' }, secret: { type: 'string' } } } },
    ];
    for (const change of changes) expect(await hash(change)).not.toBe(first);
  });

  it('says nothing of a result that cannot be told', async () => {
    expect((await accepted({ outputSchema: { $ref: 'https://evil.example/x' } }))?.outputSchema).toBeNull();
  });
});
