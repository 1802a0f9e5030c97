/** Real: HTTP, validation, tenancy and Postgres, agents and the prompt library. Only signing in is replaced. */
import { AgentsClient } from './testing/agents.client.js';
import type { DomainApp, DomainPerson } from '../../auth/src/testing/domain-app.js';
import { startAgentsApp } from './testing/agents-test-app.js';
import { AgentVersions } from './agent-versions.js';

let app: DomainApp;
let person: DomainPerson;
let ada: AgentsClient;
let promptId: string;

beforeAll(async () => {
  app = await startAgentsApp();
});

afterAll(() => app.stop());

const draft = (word: string): object => ({
  system: 'You are kind.',
  user: `${word}, {{ name }}!`,
  variables: [{ name: 'name', type: 'text' }],
});

beforeEach(async () => {
  person = await app.newPerson();
  ada = new AgentsClient(app, person);
  promptId = (await ada.send('post', '/prompts', { name: 'greeting', draft: draft('Hello') })).body.id;
  await ada.send('post', `/prompts/${promptId}/publish`, {});
});

function asking(promptRef: object, kind = 'llm'): object {
  const config = { model: 'simulated/offline', promptRef, ...(kind === 'classify' && { labels: [{ name: 'a' }] }) };
  return {
    nodes: [
      { id: 'start', kind: 'start', config: {} },
      { id: 'ask', kind, config: { ...config, ...(kind === 'agent' && { tools: [] }) } },
      { id: 'output', kind: 'output', config: { expression: 'steps.ask' } },
    ],
    edges: [
      { from: 'start', to: 'ask' },
      { from: 'ask', to: 'output', ...(kind === 'classify' && { port: 'a' }) },
    ],
  };
}

const greeting = { name: 'greeting', variables: { name: 'input.name' } };

async function nextVersion(word: string): Promise<void> {
  await ada.send('put', `/prompts/${promptId}/draft`, draft(word));
  await ada.send('post', `/prompts/${promptId}/publish`, {});
}

describe('An agent that uses a prompt of the library', () => {
  it.each(['llm', 'agent', 'classify'])(
    'is published with the text that the prompt has then, in a node %s',
    async (kind) => {
      const id = await ada.create('Greeter', asking(greeting, kind));
      const { status, body } = await ada.publish(id);
      expect(status).toBe(201);
      expect(body.graph.nodes[1]?.config).toMatchObject({
        promptRef: {
          ...greeting,
          pinned: { id: promptId, version: 1, system: 'You are kind.', user: 'Hello, {{ name }}!', required: ['name'] },
        },
      });
      await nextVersion('Goodbye');
      const again = await ada.send('get', `/agents/${id}/versions/1`);
      expect(again.body.graph).toEqual(body.graph);
      await app.as(person, () => app.get(AgentVersions).resolve(id));
    },
  );

  it('can be published again when the prompt has a newer version, unless it names one', async () => {
    const free = await ada.create('Newest', asking(greeting));
    const fixed = await ada.create('First', asking({ ...greeting, version: 1 }));
    for (const id of [free, fixed]) await ada.publish(id);
    await nextVersion('Goodbye');
    expect(await ada.publish(fixed)).toMatchObject({ status: 409, body: { code: 'agent.nothing_to_publish' } });
    expect((await ada.send('get', `/agents/${free}/versions/1/diff/draft`)).body['changes']).toMatchObject([
      { kind: 'node-changed', nodeId: 'ask', fields: [{ before: 1, after: 2 }, { after: 'Goodbye, {{ name }}!' }] },
    ]);
    expect((await ada.publish(free)).status).toBe(201);
  });

  it('is restored with the version of the prompt that it had, without its text', async () => {
    const id = await ada.create('Greeter', asking(greeting));
    await ada.publish(id);
    await nextVersion('Goodbye');
    await ada.publish(id);
    const { body } = await ada.send('post', `/agents/${id}/versions/1/restore`);
    expect(body.graph.nodes[1]?.config).toEqual({
      model: 'simulated/offline',
      promptRef: { ...greeting, version: 1 },
    });
  });

  it('never takes a text that somebody put into the draft as pinned', async () => {
    const pinned = { id: promptId, version: 1, system: '', user: 'Anything', required: [] };
    const id = await ada.create('Greeter', asking({ ...greeting, pinned }));
    expect((await ada.send('get', `/agents/${id}/draft`)).body.graph.nodes[1]?.config).toMatchObject({
      promptRef: greeting,
    });
    expect(JSON.stringify((await ada.publish(id)).body)).not.toContain('Anything');
  });

  it.each([
    ['a name that is not there', { name: 'nobody' }, '/nodes/1/config/promptRef/name prompt.not_found'],
    [
      'a version that is not there',
      { ...greeting, version: 7 },
      '/nodes/1/config/promptRef/version prompt_version.not_found',
    ],
    ['a variable without a value', { name: 'greeting' }, '/nodes/1/config/promptRef/variables prompt.variable_missing'],
    [
      'a value for no variable',
      { name: 'greeting', variables: { name: '1', other: '2' } },
      '/nodes/1/config/promptRef/variables/other prompt.variable_unknown',
    ],
    [
      'an expression that does not parse',
      { name: 'greeting', variables: { name: '1 +' } },
      '/nodes/1/config/promptRef/variables/name expression.syntax',
    ],
  ])('is not published with %s', async (_what, promptRef, expected) => {
    const id = await ada.create();
    const { status, body } = await ada.saveDraft(id, asking(promptRef));
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer, ...error }) => `${pointer} ${String('code' in error && error.code)}`)).toEqual([
      expected,
    ]);
  });

  it('does not find the prompts of another organisation', async () => {
    const eve = new AgentsClient(app, await app.newPerson());
    const id = await eve.create();
    expect((await eve.saveDraft(id, asking(greeting))).body).toMatchObject({ errors: [{ code: 'prompt.not_found' }] });
  });

  it('has either a prompt of its own or one of the library', async () => {
    const id = await ada.create();
    const both = asking(greeting) as { nodes: { config: Record<string, unknown> }[] };
    (both.nodes[1] as { config: Record<string, unknown> }).config['prompt'] = 'Hello';
    expect((await ada.saveDraft(id, both)).body).toMatchObject({
      errors: [{ pointer: '/nodes/1/config/prompt', code: 'prompt.twice' }],
    });
    expect((await ada.saveDraft(id, asking(undefined as unknown as object))).body).toMatchObject({
      errors: [{ pointer: '/nodes/1/config/prompt', code: 'prompt.missing' }],
    });
  });

  it('keeps the prompt from being deleted, renamed and archived for as long as its newest version uses it', async () => {
    const id = await ada.create('Greeter', asking(greeting));
    expect((await ada.send('post', `/prompts/${promptId}/archive`)).status).toBe(200);
    expect(await ada.publish(id)).toMatchObject({ status: 422, body: { errors: [{ code: 'prompt.archived' }] } });
    await ada.send('post', `/prompts/${promptId}/unarchive`);
    await ada.publish(id);
    const refused = await ada.send('delete', `/prompts/${promptId}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'prompt.in_use' } });
    expect(refused.body['detail']).toContain('“Greeter”');
    await ada.send('delete', `/agents/${id}`);
    expect((await ada.send('delete', `/prompts/${promptId}`)).status).toBe(204);
  });
});
