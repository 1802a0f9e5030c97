import { stripForExport, stripForImport } from './graph-stripping.js';

const UUID = '0190f2a4-5b6c-7000-8000-00000000abcd';

function withConfig(config: object): { nodes: { id: string; kind: string; config: object }[]; edges: never[] } {
  return { nodes: [{ id: 'call', kind: 'http', config }], edges: [] };
}

describe('What an export leaves behind', () => {
  it.each([
    ['a header with a key', { headers: { 'X-Api-Key': 'k-123' } }, { headers: {} }],
    ['a header with a password', { headers: { authorization: 'Basic dXNlcjpwYXNz' } }, { headers: {} }],
    ['a cookie', { headers: { Cookie: 'session=1' } }, { headers: {} }],
    ['a secret under a harmless header name', { headers: { 'X-Thing': 'Bearer abcdefghijk' } }, { headers: {} }],
    ['a field that is called a secret', { clientSecret: 'hush', password: 'hush' }, {}],
    [
      'a key in an address',
      { url: 'https://x.example/?a=1&api_key=abc&b=2' },
      { url: 'https://x.example/?a=1&api_key=[redacted]&b=2' },
    ],
    ['a password in an address', { url: 'https://me:pw@x.example/' }, { url: 'https://me:[redacted]@x.example/' }],
    [
      'a secret in a body',
      { body: '{"token": "t-1", "text": "{{ input.text }}"}' },
      { body: '{"token": "[redacted]", "text": "{{ input.text }}"}' },
    ],
    ['a provider key in a prompt', { prompt: 'Use sk-abcdefghijklmnopqrstuv' }, { prompt: 'Use sk-[redacted]' }],
    ['an id of ours', { credentialId: 'anything', agentId: UUID }, {}],
    ['several ids of ours', { knowledgeBaseIds: [UUID, UUID], kept: 1 }, { kept: 1 }],
    ['a UUID in any other field of ids', { arguments: { ledgerId: UUID } }, { arguments: {} }],
  ])('%s', (_what, config, left) => {
    const { graph, stripped } = stripForExport(withConfig(config));
    expect(graph.nodes[0]?.config).toEqual(left);
    expect(stripped.length).toBeGreaterThan(0);
  });

  it.each([
    ['templates that name where the secret comes from', { headers: { Authorization: 'Bearer {{ vars.token }}' } }],
    ['headers that are no secret', { headers: { Accept: 'application/json', 'X-Request-Id': 'abc' } }],
    ['numbers that count tokens', { maxTokens: 100 }],
    ["ids of the caller's own data", { arguments: { orderId: '{{ input.orderId }}', productId: 'chair-7' } }],
    [
      'names in the schema of an input',
      { schema: { properties: { token: { type: 'string' }, agentId: { type: 'string', default: 'x' } } } },
    ],
    ['keys that mean something in JavaScript', JSON.parse('{"__proto__":{"a":1},"constructor":2}') as object],
  ])('but not %s', (_what, config) => {
    const { graph, stripped } = stripForExport(withConfig(config));
    expect(stripped).toEqual([]);
    expect(JSON.stringify(graph)).toBe(JSON.stringify(withConfig(config)));
  });

  it('is listed by pointer, and the graph itself stays as it was', () => {
    const graph = withConfig({ headers: { 'X-Token': 'a', 'a/b~c': 'Bearer abcdefghijk' } });
    const before = JSON.stringify(graph);
    expect(stripForExport(graph).stripped).toEqual([
      { pointer: '/nodes/0/config/headers/X-Token', reason: 'secret' },
      { pointer: '/nodes/0/config/headers/a~1b~0c', reason: 'secret' },
    ]);
    expect(JSON.stringify(graph)).toBe(before);
  });
});

describe('What an import leaves behind', () => {
  it('ids of another organisation, but not the secrets that its owner put into the file', () => {
    const { graph, stripped } = stripForImport(withConfig({ credentialId: UUID, headers: { 'X-Token': 'mine' } }));
    expect(graph.nodes[0]?.config).toEqual({ headers: { 'X-Token': 'mine' } });
    expect(stripped).toEqual([{ pointer: '/nodes/0/config/credentialId', reason: 'organisation-id' }]);
  });
});
