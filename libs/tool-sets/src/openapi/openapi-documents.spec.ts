import { compileJsonSchema } from '#kernel';
import { PETSTORE, TICKETS_YAML } from '../testing/documents.js';
import type { LeftOutTool, OfferedTool } from '../tool-set-adapter.js';
import { OpenApiDocument } from './openapi-document.js';
import { toolOf } from './operation-tool.js';
import { readDocument } from './read-document.js';

const toolsOf = async (text: string): Promise<readonly (OfferedTool | LeftOutTool)[]> => {
  const document = new OpenApiDocument(await readDocument(text));
  return document.operations().map((operation) => toolOf(document, operation));
};

const named = async (document: object | string, name: string): Promise<OfferedTool> => {
  const tools = await toolsOf(typeof document === 'string' ? document : JSON.stringify(document));
  return tools.find(({ remoteName }) => remoteName === name) as OfferedTool;
};

describe('the operations of an OpenAPI 3.0 document', () => {
  it('are tools by their operationId, or by method and path, and say why they cannot be one', async () => {
    const tools = await toolsOf(JSON.stringify(PETSTORE));
    expect(tools.map((tool) => [tool.remoteName, 'reason' in tool ? tool.reason : tool.effect])).toEqual([
      ['listPets', 'read'],
      ['createPet', 'write'],
      ['GET /pets/{petId}', 'read'],
      ['renamePet', 'write'],
      ['deletePet', 'write'],
      ['uploadPhoto', expect.stringContaining('multipart/form-data')],
      ['elsewhere', expect.stringContaining('other.example.com')],
      ['foreign', expect.stringContaining('“other.yaml#/Thing”')],
    ]);
  });

  it('take their parameters side by side, without those that are not theirs to set', async () => {
    const { inputSchema, description } = await named(PETSTORE, 'listPets');
    expect(description).toBe('Lists pets\n\nNewest first.');
    expect(inputSchema).toEqual({
      type: 'object',
      properties: {
        'X-Shop': { type: 'string' },
        limit: { type: 'integer', exclusiveMinimum: 0, description: 'How many.' },
        tags: { type: 'array', items: { type: 'string' } },
        ids: { type: 'array', items: { type: 'string' } },
        filter: { type: 'object' },
      },
      additionalProperties: false,
    });
  });

  it('keep two parameters of one name apart', async () => {
    const { definition } = await named(PETSTORE, 'GET /pets/{petId}');
    expect(definition['parameters']).toMatchObject([
      { argument: 'petId', in: 'path' },
      { argument: 'query_petId', name: 'petId', in: 'query' },
    ]);
  });

  it('take a body with what it refers to and nothing else, circles cut, without what only the service sets', async () => {
    const { inputSchema } = await named(PETSTORE, 'createPet');
    expect(inputSchema['required']).toEqual(['body']);
    expect(inputSchema['$defs']).toEqual({
      Pet: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          nickname: { type: ['string', 'null'], enum: ['R', 'X', null] },
          owner: { $ref: '#/$defs/Owner' },
        },
        required: ['name'],
      },
      Owner: {
        type: 'object',
        properties: { name: { type: 'string' }, pets: { type: 'array', items: { type: 'object' } } },
      },
    });
    expect(compileJsonSchema(inputSchema)).toHaveProperty('schema');
  });

  it('tell what they answer with, as far as it is JSON', async () => {
    expect((await named(PETSTORE, 'listPets')).outputSchema).toMatchObject({
      type: 'array',
      items: { $ref: '#/$defs/Pet' },
    });
    expect((await named(PETSTORE, 'createPet')).outputSchema).toBeNull();
  });

  it('find where the API is, with the defaults of its variables', async () => {
    const document = new OpenApiDocument(await readDocument(JSON.stringify(PETSTORE)));
    expect([document.title, document.baseUrl()]).toEqual(['Pet store', 'https://eu.example.com/v1']);
  });
});

describe('an OpenAPI 3.1 document in YAML', () => {
  it('is read with its aliases, alternatives and circles', async () => {
    const { inputSchema, definition } = await named(TICKETS_YAML, 'addComment');
    expect(definition).toMatchObject({
      method: 'POST',
      path: '/tickets/{ticket/id}/comments',
      body: { contentType: 'application/vnd.tickets+json', encoding: 'json' },
    });
    expect(Object.keys(inputSchema['properties'] as object)).toEqual(['ticket_id', 'body']);
    const result = compileJsonSchema(inputSchema);
    if (!('schema' in result)) throw new Error(JSON.stringify(result.problems));
    const check = (body: unknown) => result.schema.check({ ticket_id: '7', body }, '').map(({ pointer }) => pointer);
    expect(check({ text: 'Hello', visibility: 'internal', parent: { replies: [{ replies: [] }] } })).toEqual([]);
    expect(check({ visibility: 'secret' })).toContain('/body/text');
  });

  it('finds a relative server where the document is, and nowhere else', async () => {
    const document = new OpenApiDocument(await readDocument(TICKETS_YAML));
    expect(document.baseUrl()).toBe('');
    expect(document.baseUrl('https://tickets.example.com/openapi.yaml')).toBe('https://tickets.example.com/api');
  });
});

describe('what is no document that can be used', () => {
  const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`).join('\n')}`;

  it.each([
    ['nothing', '', /no OpenAPI document|cannot be read/],
    ['another format', '<html></html>', /no OpenAPI document/],
    ['Swagger 2', JSON.stringify({ swagger: '2.0', paths: {} }), /Swagger 2.0: convert/],
    ['another version', JSON.stringify({ openapi: '4.0.0', paths: {} }), /OpenAPI 3.0 or 3.1/],
    ['a document without paths', JSON.stringify({ openapi: '3.1.0' }), /no “paths”/],
    ['broken YAML', 'a: [b', /cannot be read/],
    ['an alias bomb', bomb, /cannot be read/],
    ['an alias of itself', 'openapi: 3.1.0\na: &a [*a]', /cannot be read/],
    ['more than 4 MiB', ' '.repeat(4 * 1024 * 1024 + 1), /larger than 4 MiB/],
  ])('is refused: %s', async (_what, text, said) => {
    await expect(readDocument(text)).rejects.toMatchObject({
      code: 'tool_set.document_invalid',
      message: expect.stringMatching(said) as string,
    });
  });
});

describe('a schema that is too much', () => {
  const wide = (depth: number): object => ({
    type: 'object',
    description: 'A long description. '.repeat(20),
    properties: Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [`field_${n}`, depth === 0 ? { type: 'string' } : wide(depth - 1)]),
    ),
  });

  it('loses texts and depth until it fits, and still says what is at its top', async () => {
    const document = {
      openapi: '3.1.0',
      paths: {
        '/a': { post: { operationId: 'a', requestBody: { content: { 'application/json': { schema: wide(4) } } } } },
      },
    };
    const { inputSchema } = await named(document, 'a');
    expect(JSON.stringify(inputSchema).length).toBeLessThan(32 * 1024);
    expect(Object.keys((inputSchema['properties'] as { body: { properties: object } }).body.properties)).toHaveLength(
      8,
    );
  });

  it('lets no pattern that hangs a process, and no reference that leads in a circle, through', async () => {
    const document = {
      openapi: '3.1.0',
      paths: {
        '/a': {
          get: {
            operationId: 'a',
            parameters: [{ name: 'q', in: 'query', schema: { type: 'string', pattern: '(a+)+\\1$' } }],
          },
        },
        '/b': { get: { operationId: 'b', parameters: [{ $ref: '#/components/parameters/A' }] } },
      },
      components: {
        parameters: { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } },
      },
    };
    expect((await named(document, 'a')).inputSchema).toMatchObject({ properties: { q: { type: 'string' } } });
    expect(await named(document, 'b')).toMatchObject({ reason: expect.stringContaining('circle') as string });
  });

  it('knows no property whose name means something in JavaScript', async () => {
    const schema = JSON.parse(
      '{"type":"object","required":["__proto__","a"],"properties":{"__proto__":{},"constructor":{},"a":{}}}',
    ) as object;
    const document = {
      openapi: '3.1.0',
      paths: { '/a': { post: { operationId: 'a', requestBody: { content: { 'application/json': { schema } } } } } },
    };
    const { inputSchema } = await named(document, 'a');
    expect(inputSchema).toMatchObject({ properties: { body: { properties: { a: {} }, required: ['a'] } } });
    expect(JSON.stringify(inputSchema)).not.toMatch(/__proto__|constructor/);
  });
});
