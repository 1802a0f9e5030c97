import { AppError } from '#platform/errors';
import { EgressClient } from '#platform/egress';
import { ServiceServer } from '../../../tools/src/testing/service-server.js';
import { PETSTORE } from '../testing/documents.js';
import type { CallableTool, OfferedTool } from '../tool-set-adapter.js';
import { OpenApiAdapter } from './openapi.adapter.js';

const SECRET = 'canary-91aa-token-5e1f';
const ALL = ['listPets', 'createPet', 'GET /pets/{petId}', 'deletePet', 'renamePet'];

/** A real server on a port of its own, reached through the real egress door. */
describe('calling the operations of a document', () => {
  let server: ServiceServer;
  let egress: EgressClient;
  let adapter: OpenApiAdapter;
  let tools: ReadonlyMap<string, OfferedTool>;

  beforeAll(async () => {
    server = await ServiceServer.start();
    egress = new EgressClient({ allowCidrs: ['127.0.0.0/8'] });
    adapter = new OpenApiAdapter(egress, {
      open: () =>
        Promise.resolve({
          kind: 'http-bearer',
          fields: {},
          headersFor: (url) =>
            new URL(url).origin === server.url
              ? Promise.resolve({ authorization: `Bearer ${SECRET}` })
              : Promise.reject(new AppError('forbidden', 'credential.host_not_allowed', 'Not there.')),
          opened: () => Promise.resolve({}),
        }),
    });
    const document = JSON.stringify(PETSTORE);
    const offered = await adapter.discover(
      { ...place(server.url), settings: { operations: ALL }, document },
      new AbortController().signal,
    );
    tools = new Map(offered.map((tool) => [tool.remoteName, tool as OfferedTool]));
  });

  afterAll(async () => {
    await server.close();
    await egress.close();
  });

  const place = (url: string, credentialId: string | null = null) => ({
    id: 'set',
    name: 'Pet store',
    url,
    credentialId,
    settings: {},
  });

  const call = (name: string, args: Record<string, unknown>, on = place(`${server.url}/v1`)) => {
    const tool = { ...tools.get(name), name: `pets__${name}` } as CallableTool;
    const { signal } = new AbortController();
    return adapter.call(on, tool, args, {
      signal,
      idempotencyKey: 'run:step',
      usedBy: 'A test',
      onToolsChanged: () => undefined,
    });
  };

  const last = () => server.seen.at(-1)!;

  it('writes queries in each style, and leaves out what was not given', async () => {
    server.reset({ 'GET /v1/pets': { body: [{ id: 1 }] } });
    const args = {
      limit: 5,
      tags: ['a b', 'c&d'],
      ids: ['1', '2'],
      filter: { state: 'open', size: { min: 1 } },
      'X-Shop': 'main',
    };
    expect(await call('listPets', args)).toEqual([{ id: 1 }]);
    expect(last().url).toBe(
      '/v1/pets?limit=5&tags=a%20b&tags=c%26d&ids=1%7C2&filter%5Bstate%5D=open&filter%5Bsize%5D%5Bmin%5D=1',
    );
    expect(last().headers).toMatchObject({ 'x-shop': 'main', accept: 'application/json' });
    await call('listPets', {});
    expect(last().url).toBe('/v1/pets');
  });

  it.each([
    ['../../admin', '/v1/pets/..%2F..%2Fadmin'],
    ['a/b?c=d#e', '/v1/pets/a%2Fb%3Fc%3Dd%23e'],
    ['ünï', '/v1/pets/%C3%BCn%C3%AF'],
  ])('keeps the path argument %j in its segment', async (petId, url) => {
    server.reset({ [`GET ${url}`]: { body: {} } });
    await call('GET /pets/{petId}', { petId });
    expect(last().url).toBe(url);
  });

  it.each(['', '.', '..'])('sends nothing for the path argument %j, which names nothing', async (petId) => {
    server.reset();
    await expect(call('deletePet', { petId })).rejects.toMatchObject({ code: 'tool.invalid', retryable: false });
    expect(server.seen).toEqual([]);
  });

  it('sends JSON and forms, with an idempotency key on writes', async () => {
    server.reset({ 'POST /v1/pets': { status: 201 }, 'PUT /v1/pets/7': { body: 'renamed' } });
    expect(await call('createPet', { body: { name: 'Rex' } })).toBeNull();
    expect(last()).toMatchObject({
      body: '{"name":"Rex"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'run:step' },
    });
    const body = { name: 'Rex & Co', labels: ['a', 'b'], owner: { name: 'Ada' } };
    expect(await call('renamePet', { petId: '7', body })).toBe('renamed');
    expect(last()).toMatchObject({
      body: 'name=Rex%20%26%20Co&labels=a&labels=b&owner%5Bname%5D=Ada',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  });

  it('attaches the credential of the set by its address, and masks it when it comes back', async () => {
    server.reset({ 'GET /v1/pets': ({ headers }) => ({ body: { echo: headers.authorization } }) });
    const on = place(`${server.url}/v1`, 'credential');
    expect(await call('listPets', {}, on)).toEqual({ echo: '•••' });
    expect(last().headers.authorization).toBe(`Bearer ${SECRET}`);
    server.reset();
    const elsewhere = place(server.url.replace('127.0.0.1', 'localhost'), 'credential');
    await expect(call('listPets', {}, elsewhere)).rejects.toMatchObject({ code: 'credential.host_not_allowed' });
    expect(server.seen).toEqual([]);
  });

  it('says in words of the service what went wrong, and whether to try again', async () => {
    server.reset({
      'GET /v1/pets': { status: 429, headers: { 'retry-after': '7' }, body: { error: { message: 'Slow down' } } },
      'POST /v1/pets': { status: 503, body: 'upstream is down' },
      'GET /v1/pets/1': { status: 422, body: { errors: [{ detail: 'No such kind' }] } },
    });
    await expect(call('listPets', {})).rejects.toMatchObject({
      code: 'tool.rate_limited',
      retryable: true,
      retryAfterMs: 7_000,
      message: expect.stringContaining('Slow down') as string,
    });
    await expect(call('createPet', { body: {} })).rejects.toMatchObject({
      code: 'tool.unavailable',
      outcomeUnknown: true,
    });
    await expect(call('GET /pets/{petId}', { petId: '1' })).rejects.toMatchObject({
      code: 'tool.invalid',
      message: expect.stringContaining('No such kind') as string,
    });
  });

  it('follows no redirect', async () => {
    server.reset({ 'GET /v1/pets': { status: 302, headers: { location: `${server.url}/stolen` } } });
    await expect(call('listPets', {}, place(`${server.url}/v1`, 'credential'))).rejects.toMatchObject({
      code: 'tool.invalid',
    });
    expect(server.seen).toHaveLength(1);
  });
});
