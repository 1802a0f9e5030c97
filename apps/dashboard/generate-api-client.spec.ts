import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { generateApiClient, typeOf } from './generate-api-client.mjs';
import document from './src/shared/api/openapi.json';

const sample = {
  openapi: '3.1.0',
  paths: {
    '/api/v1/agents/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'agentsGet',
        responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Agent' } } } } },
      },
      delete: { operationId: 'agentsArchive', responses: { 204: {} } },
    },
    '/api/v1/agents': {
      get: {
        operationId: 'agentsList',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'X-Org-Id', in: 'header', schema: { type: 'string' } },
        ],
        responses: {
          200: {
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Agent' } } },
            },
          },
        },
      },
      post: {
        operationId: 'agentsCreate',
        summary: 'Makes an agent.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
            },
          },
        },
        responses: { 201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Agent' } } } } },
      },
    },
  },
  components: {
    schemas: {
      Agent: {
        type: 'object',
        required: ['id', 'note'],
        properties: {
          id: { type: 'string', description: 'UUIDv7.' },
          note: { type: ['string', 'null'] },
          'odd-name': { type: 'integer' },
        },
      },
    },
  },
};

describe('the client generator', () => {
  it('writes an interface per component schema, required and optional fields apart', () => {
    expect(generateApiClient(sample).schema).toContain(
      "export interface Agent {\n  /** UUIDv7. */\n  id: string;\n  note: string | null;\n  'odd-name'?: number;\n}\n",
    );
  });

  it('writes one function per operation, sorted by name', () => {
    const names = [...generateApiClient(sample).operations.matchAll(/export function (\w+)/g)].map((match) => match[1]);
    expect(names).toEqual(['agentsArchive', 'agentsCreate', 'agentsGet', 'agentsList']);
  });

  it('asks for what is required, and takes nothing when nothing is', () => {
    const { operations } = generateApiClient(sample);
    expect(operations).toContain('agentsGet(input: AgentsGetInput, options?: CallOptions): Promise<Agent>');
    expect(operations).toContain('agentsList(input: AgentsListInput = {}, options?: CallOptions): Promise<Agent[]>');
    expect(operations).toContain('agentsArchive(input: AgentsArchiveInput, options?: CallOptions): Promise<void>');
    expect(operations).not.toContain('X-Org-Id');
  });

  it('marks only what creates as idempotent', () => {
    expect(generateApiClient(sample).operations.match(/idempotent: true/g)).toHaveLength(1);
  });

  it.each([
    [{ type: 'string', enum: ['a', "it's"] }, "'a' | 'it\\'s'"],
    [{ type: 'string', enum: ['a', null] }, "'a' | null"],
    [{ type: 'string', nullable: true }, 'string | null'],
    [{ anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] }, 'A | null'],
    [{ nullable: true, allOf: [{ $ref: '#/components/schemas/A' }] }, 'A | null'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [
      { type: 'array', items: { type: ['object', 'null'], properties: { a: { type: 'string' } } } },
      '({\n  a?: string;\n} | null)[]',
    ],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [{ type: 'object' }, 'Record<string, unknown>'],
    [{}, 'unknown'],
    [{ const: 'x' }, "'x'"],
  ])('understands %j', (schema, expected) => expect(typeOf(schema, '')).toBe(expected));

  it('names the operation that lacks an operationId', () => {
    expect(() => generateApiClient({ paths: { '/x': { get: { responses: {} } } } })).toThrow('GET /x');
  });

  it('gives the same bytes for the same document, and they are valid TypeScript', () => {
    const { schema, operations } = generateApiClient(document);
    expect(generateApiClient(structuredClone(document))).toEqual({ schema, operations });
    for (const text of [schema, operations]) {
      expect(ts.transpileModule(text, { reportDiagnostics: true }).diagnostics).toEqual([]);
    }
  });
});
