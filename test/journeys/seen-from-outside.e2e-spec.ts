import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../browser/support/eventually.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { chain } from '../support/graphs/chain.js';
import { greeting } from '../support/graphs/greeting.js';
import { oneCall } from '../support/graphs/one-call.js';
import { newOrg } from '../support/new-org.js';
import { logLines } from '../support/processes/log-check.js';
import { onlyIn } from '../support/setup.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

const JSON_BODY = { 'content-type': 'application/json' };
const METRICS_TOKEN = 'planted-metrics-token-4711';
const MODEL_KEY = 'sk-planted0model0key0471100000000';
const SERIES = [
  'agent_requests_total',
  'agent_latency_seconds_bucket',
  'agent_tokens_used_total',
  'agent_cost_usd_total',
  'agent_active_conversations',
  'agentflow_runs_active',
  'agentflow_journal_batch_entries_bucket',
];

/** Real: every process and store. Fake: the service and the model provider, which refuses its key and quotes it. */
describe('seen from outside', () => {
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;

  beforeAll(async () => {
    world = await FakeOutsideWorld.start();
    world.behave('/v1/chat/completions', {
      status: 401,
      body: { error: { message: `Incorrect API key provided: ${MODEL_KEY}`, type: 'invalid_request_error' } },
    });
    agentflow = await startAgentFlow({
      settings: {
        LOG_LEVEL: 'debug',
        METRICS_TOKEN,
        OPENAI_API_KEY: MODEL_KEY,
        OPENAI_BASE_URL: `${world.url}/v1`,
      },
    });
    client = agentflow.client;
  });

  afterAll(async () => {
    await world?.stop();
    await agentflow?.stop();
  });

  it.each(['/health', '/health/live', '/health/ready', '/health/status'])(
    'answers %s without a credential',
    async (path) => {
      for (const role of agentflow.roles) {
        const response = await fetch(agentflow.urlOf(role) + path);
        expect({ role, status: response.status }).toEqual({ role, status: 200 });
        const body = (await response.json()) as Record<string, unknown>;
        if (path.endsWith('ready'))
          expect(body).toMatchObject({ status: 'ready', checks: { database: { state: 'up' } } });
        if (path.endsWith('status')) expect(body.version).toMatch(/^\d+\.\d+\.\d+/);
      }
    },
  );

  it('says who it is at the root', async () => {
    const response = await fetch(agentflow.url, { headers: { accept: 'application/json' } });
    expect(await response.json()).toMatchObject({ name: 'AgentFlow' });
  });

  it('counts ended runs in the named series, and shows them to who has the token', async () => {
    const agentId = await client.agents.publishNew(greeting());
    const before = await ended('succeeded');
    const { id } = await client.executions.start({ agentId, input: { name: 'Ada' } });
    await client.executions.ended(id);
    await client.executions.run({ agentId, input: { name: 'Grace' } });
    expect(await ended('succeeded')).toBe(before + 2);

    for (const role of agentflow.roles) {
      const text = await metrics(agentflow.urlOf(role));
      for (const name of SERIES) expect(text).toContain(name);
      expect(text).not.toContain(id);
    }
    expect(await metrics(agentflow.url)).toContain('agentflow_http_request_seconds_bucket');
    expect((await fetch(`${agentflow.url}/metrics`)).status).toBe(401);
  });

  it.each(['/agent/chat', '/v1/chat/completions'])('counts conversations at %s while they are open', async (door) => {
    world.behave('/slow', { delayMs: 1_500 });
    const name = `Thinks for a while ${door.length}`;
    const graph = oneCall(`${world.url}/slow`);
    const { id: agentId } = await client.http.ask<{ id: string }>('POST', '/agents', { name, graph });
    await client.agents.publish(agentId);
    const open = async (): Promise<number> =>
      Number(/^agent_active_conversations (\d+)$/m.exec(await metrics(agentflow.url))?.[1]);
    expect(await open()).toBe(0);
    const messages = [{ role: 'user', content: 'Hm?' }];
    const slug = name.toLowerCase().replaceAll(' ', '-');
    const answered =
      door === '/agent/chat'
        ? client.http.fetch('POST', `/api/v1${door}`, JSON.stringify({ agentId, message: 'Hm?' }), JSON_BODY)
        : client.http.fetch('POST', door, JSON.stringify({ model: slug, messages }), JSON_BODY);
    await eventually(async () => expect(await open()).toBe(1));
    expect((await answered).status).toBe(200);
    expect(await open()).toBe(0);
  });

  it('serves the OpenAPI document and two pages that show it', async () => {
    const { body } = await agentflow.anonymous.http.fetch<OpenApi>('GET', '/api/v1/openapi.json');
    expect(body.openapi).toMatch(/^3\.1\./);
    for (const path of ['/api/v1/executions', '/api/v1/agents', '/api/v1/auth/login', '/health/ready']) {
      expect(Object.keys(body.paths)).toContain(path);
    }
    for (const page of ['/api/docs', '/api/reference']) {
      const answer = await agentflow.anonymous.http.fetch('GET', page);
      expect({ page, status: answer.status }).toEqual({ page, status: 200 });
      expect(answer.headers.get('content-type')).toContain('text/html');
    }
  });

  onlyIn('embedded')('has an OpenAPI document that a linter finds nothing in', async () => {
    const { text } = await agentflow.anonymous.http.fetch('GET', '/api/v1/openapi.json');
    const file = join(agentflow.dataDirectory, 'openapi.json');
    await writeFile(file, text);
    const lint = [
      'node_modules/@redocly/cli/bin/cli.js',
      'lint',
      file,
      '--config',
      '.config/redocly.yaml',
      '--format',
      'json',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, lint, {
      env: { ...process.env, NODE_OPTIONS: '', REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      maxBuffer: 16 * 1024 * 1024,
    }).catch((error: { stdout: string }) => error);
    const { problems } = JSON.parse(stdout) as { problems: { ruleId: string; message: string }[] };
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });

  it('writes the log as JSON lines that name the request', async () => {
    const { email, password } = await newOrg(agentflow.url);
    const { auth, http } = agentflow.anonymous;
    await auth.logIn(email, password);
    const cookie = auth.refreshCookie ?? '';
    await auth.refresh();
    await http.send('POST', '/auth/refresh', undefined, { cookie, 'x-request-id': 'a-spent-cookie' });

    const lines = logLines(agentflow.logs());
    expect(lines).toContainEqual(expect.objectContaining({ requestId: 'a-spent-cookie', level: 'warn' }));
    for (const line of lines) expect(line).toMatchObject({ level: expect.any(String), time: expect.any(String) });
  });

  it('keeps planted secrets out of log, metrics, events and steps (I-08)', async () => {
    const header = 'planted-header-secret-4711';
    const { owner, password } = await newOrg(agentflow.url);
    const { key } = await owner.org.createApiKey(['executions:start', 'executions:read', 'agents:read']);
    const call = chain([
      {
        id: 'call',
        kind: 'http',
        config: { method: 'GET', url: `${world.url}/secret`, headers: { Authorization: `Bearer ${header}` } },
      },
    ]);
    const model = chain([{ id: 'ask', kind: 'llm', config: { model: 'openai/gpt-4o-mini', prompt: 'Hello' } }]);
    const agents = [await owner.agents.publishNew(call), await owner.agents.publishNew(model)];
    const told: string[] = [];
    for (const agentId of agents) {
      const run = await owner.as(key).executions.run({ agentId });
      told.push(JSON.stringify([run, await owner.executions.steps(run.id), await owner.executions.allEvents(run.id)]));
    }
    expect(world.callsTo('/secret')[0]?.headers.authorization).toBe(`Bearer ${header}`);
    expect(world.callsTo('/v1/chat/completions')[0]?.headers.authorization).toBe(`Bearer ${MODEL_KEY}`);
    await owner.http.send('POST', '/auth/login', { email: 'not-an-address', password });
    await owner.http.fetch('POST', '/api/v1/auth/login', `{"password":"${password}"`, {
      'content-type': 'application/json',
    });

    const log = logLines(agentflow.logs())
      .map((line) => JSON.stringify(line))
      .join('\n');
    const counted = (await Promise.all(agentflow.roles.map((role) => metrics(agentflow.urlOf(role))))).join('\n');
    for (const secret of [header, MODEL_KEY, METRICS_TOKEN, password, key, owner.token ?? '', agentflow.apiKey]) {
      const leaks = {
        log: log.includes(secret),
        metrics: counted.includes(secret),
        runs: told.join('').includes(secret),
      };
      expect({ secret, ...leaks }).toEqual({ secret, log: false, metrics: false, runs: false });
    }
  });

  /** Runs that all processes together have ended. */
  async function ended(status: string): Promise<number> {
    const texts = await Promise.all(agentflow.roles.map((role) => metrics(agentflow.urlOf(role))));
    const line = new RegExp(`^agent_requests_total\\{status="${status}"\\} (\\d+)`, 'm');
    return texts.reduce((sum, text) => sum + Number(line.exec(text)?.[1] ?? 0), 0);
  }
});

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, unknown>>;
}

async function metrics(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  expect(response.status).toBe(200);
  return response.text();
}
