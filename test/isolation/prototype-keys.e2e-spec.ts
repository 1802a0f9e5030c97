import { type Route, routesOf } from '../support/application-routes.js';
import { chain } from '../support/graphs/chain.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { ApiDocument } from './api-document.js';
import { exampleOf, type ListedTool } from './egress/credential-aims.js';
import { bodyOf } from './examples.js';
import { inParallel } from './in-parallel.js';
import { type Identity, makeOrganisation, type Organisation } from './organisation.js';
import { closeConnections, type RawAnswer } from './raw-request.js';
import { pathFor, requestFor, sendAs } from './requests.js';

/** Names of properties that every object has without owning them; as JSON text, because a literal would set the prototype. */
const KEYS = ['__proto__', 'constructor', 'prototype'];
const polluting = (key: string): string => `{"${key}":{"polluted":"yes","prototype":{"polluted":"yes"}}}`;

const QUERIES = [
  '__proto__[polluted]=yes',
  'constructor[prototype][polluted]=yes',
  'a[__proto__][polluted]=yes',
  'limit[__proto__][polluted]=yes',
  '__proto__=yes',
  'toString=yes',
  'hasOwnProperty=yes',
];

/** Keys that mean something to JavaScript, wherever somebody may choose a key (S-07). Real: everything, in one process. */
describe('keys that every object has', () => {
  let running: InProcess;
  let document: ApiDocument;
  let routes: Route[];
  let mine: Organisation;
  let owner: Identity;

  beforeAll(async () => {
    running = await startInProcess();
    document = await ApiDocument.of(running.url);
    routes = routesOf(running.app).filter(({ handler }) => handler !== null);
    mine = await makeOrganisation(running.app, running.url, 'alpha');
    owner = mine.identities[0] as Identity;
  });

  afterAll(async () => {
    closeConnections();
    await running?.stop();
  });

  /** API and worker are this process: a prototype that is polluted there is polluted here. */
  afterEach(() => {
    const seen = [{}, [], () => undefined, ''].map((each) => (each as Record<string, unknown>)['polluted']);
    expect(seen).toEqual([undefined, undefined, undefined, undefined]);
  });

  const told = ({ status, text }: RawAnswer): string => `${status} ${text.slice(0, 200)}`;

  it('are taken or refused in every query, and nothing breaks', async () => {
    const attempts = routes.flatMap((route) => QUERIES.map((query) => ({ route, query })));
    const wrong = await inParallel(attempts, async ({ route, query }) => {
      const request = requestFor(route, document.inputOf(route), mine.ids);
      const path = `${request.path}${request.path.includes('?') ? '&' : '?'}${query}`;
      const answer = await sendAs(running.url, owner, { ...request, method: 'GET', path });
      return answer.status < 500 ? [] : [`${route.path}?${query}: ${told(answer)}`];
    });
    expect(wrong.flat()).toEqual([]);
  });

  it('are taken as data or refused in every field of every body, however deep', async () => {
    const attempts = routes.flatMap((route) => {
      const { body, bodyFields } = document.inputOf(route);
      return body === null ? [] : bodyFields.flatMap((field) => KEYS.map((key) => ({ route, body, field, key })));
    });
    expect(attempts.length).toBeGreaterThan(200);
    const wrong = await inParallel(attempts, async ({ route, body, field, key }) => {
      const { [field]: _replaced, ...rest } = bodyOf(body, mine.ids, route);
      const [harmful, example] = [polluting(key), JSON.stringify(rest).slice(1, -1)];
      const nested = `{"deep":[${harmful}],"${key}":${harmful}}`;
      const text = `{${[example, `"${field}":${nested}`].filter(Boolean).join(',')}}`;
      const request = { method: route.method, path: pathFor(route, mine.ids), body: text };
      const answer = await sendAs(running.url, owner, request);
      return answer.status < 500 ? [] : [`${route.method} ${route.path} ${field}: ${told(answer)}`];
    });
    expect(wrong.flat()).toEqual([]);
  });

  it('are refused among the arguments of every tool', async () => {
    const { data: tools } = await mine.client.http.ask<{ data: ListedTool[] }>('GET', '/tools');
    const wrong = await inParallel(
      tools.flatMap((tool) => KEYS.map((key) => ({ tool, key }))),
      async ({ tool: { name, inputSchema }, key }) => {
        const example = JSON.stringify(exampleOf(inputSchema)).slice(1, -1);
        const asArgument = `{${[example, polluting(key).slice(1, -1)].filter(Boolean).join(',')}}`;
        const [first] = Object.keys(inputSchema.properties ?? {});
        const inside = `{${[example, `"${first}":${polluting(key)}`].filter(Boolean).join(',')}}`;
        const findings = await Promise.all(
          [asArgument, inside].map(async (args) => {
            const path = `/api/v1/tools/${name}`;
            const answer = await sendAs(running.url, owner, { method: 'POST', path, body: `{"arguments":${args}}` });
            const isRefused = answer.status === 422 && answer.text.includes('"tool.arguments_invalid"');
            return isRefused ? [] : [`${name} ${args}: ${told(answer)}`];
          }),
        );
        return findings.flat();
      },
    );
    expect(wrong.flat()).toEqual([]);
  });

  it('name no tool, node or kind', async () => {
    const wrong = await inParallel([...KEYS, 'toString', 'hasOwnProperty'], async (key) => {
      const tool = await sendAs(running.url, owner, {
        method: 'POST',
        path: `/api/v1/tools/${key}`,
        body: '{"arguments":{}}',
      });
      const kind = chain([{ id: 'x', kind: key, config: {} }]);
      const node = JSON.stringify(chain([{ id: 'replaced', kind: 'delay', config: { ms: 1 } }])).replaceAll(
        'replaced',
        key,
      );
      const drawn = await Promise.all(
        [JSON.stringify(kind), node].map((graph) =>
          sendAs(running.url, owner, { method: 'POST', path: '/api/v1/agents', body: `{"name":"x","graph":${graph}}` }),
        ),
      );
      const isGood = [400, 404].includes(tool.status) && drawn[0]?.status === 422 && (drawn[1]?.status ?? 500) < 500;
      return isGood ? [] : [`${key}: ${[tool, ...drawn].map(told).join(' | ')}`];
    });
    expect(wrong.flat()).toEqual([]);
  });

  it('stay data on their way through a run', async () => {
    const agentId = await mine.client.agents.publishNew(
      chain([{ id: 'same', kind: 'transform', config: { expression: 'input' } }], '{ "text": $string(steps.same) }'),
    );
    const input = `{"list":[${KEYS.map(polluting).join(',')}]}`;
    const body = `{"agentId":"${agentId}","mode":"wait","input":${input},"metadata":{"given":${polluting('constructor')}}}`;
    const answer = await sendAs(running.url, owner, { method: 'POST', path: '/api/v1/executions', body });
    expect([200, 400, 422]).toContain(answer.status);
  });
});
