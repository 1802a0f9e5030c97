import type { ApiClient } from '../support/clients/api.client.js';
import type { Execution } from '../support/clients/executions.client.js';
import { chain } from '../support/graphs/chain.js';
import { newOrg } from '../support/new-org.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

interface Generation {
  readonly model: string;
  readonly promptId: string | null;
  readonly promptVersion: string | null;
}

const draft = (word: string): object => ({
  system: 'You are brief.',
  user: `${word}: {{ text }}`,
  variables: [{ name: 'text', type: 'text' }],
});

/** Real: server processes, stores, runs. The model is the built-in one. */
describe('prompts of the library', () => {
  let agentflow: AgentFlow;
  let client: ApiClient;
  let promptId: string;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
  });

  afterAll(() => agentflow?.stop());

  beforeEach(async () => {
    client = (await newOrg(agentflow.url, 'Writer')).owner;
    promptId = (await client.http.ask<{ id: string }>('POST', '/prompts', { name: 'sum-up', draft: draft('Sum up') }))
      .id;
    await client.http.ask('POST', `/prompts/${promptId}/publish`, {});
  });

  const generationsOf = async ({ id }: { id: string }): Promise<readonly Generation[]> =>
    (await client.http.ask<{ data: Generation[] }>('GET', `/executions/${id}/generations`)).data;

  const askedOf = async ({ id }: Execution): Promise<unknown> => (await client.executions.steps(id))[1]?.input;

  it('are recorded with the generation, and a run says the same after the prompt has changed', async () => {
    const promptRef = { name: 'sum-up', variables: { text: 'input.text' } };
    const agentId = await client.agents.publishNew(
      chain([{ id: 'ask', kind: 'llm', config: { model: 'simulated/offline', promptRef } }]),
    );
    const first = await client.executions.run({ agentId, input: { text: 'Rain all week.' } });
    expect(first.status).toBe('succeeded');
    expect(await generationsOf(first)).toMatchObject([{ promptId, promptVersion: '1' }]);
    expect(await askedOf(first)).toMatchObject({ system: 'You are brief.', prompt: 'Sum up: Rain all week.' });

    await client.http.ask('PUT', `/prompts/${promptId}/draft`, draft('Translate'));
    await client.http.ask('POST', `/prompts/${promptId}/publish`, {});
    const second = await client.executions.run({ agentId, input: { text: 'Rain.' } });
    expect(await askedOf(second)).toMatchObject({ prompt: 'Sum up: Rain.' });

    await client.agents.publish(agentId);
    const third = await client.executions.run({ agentId, input: { text: 'Rain.' } });
    expect(await askedOf(third)).toMatchObject({ prompt: 'Translate: Rain.' });
    expect(await generationsOf(third)).toMatchObject([{ promptId, promptVersion: '2' }]);
  });

  it('are tried beside each other as runs that are recorded like any other', async () => {
    const { data } = await client.http.ask<{ data: { executionId: string; user: string }[] }>('POST', '/prompts/try', {
      candidates: [
        { promptId, version: 1, model: 'simulated/offline' },
        { draft: draft('Shorten'), model: 'simulated/offline', parameters: { temperature: 0 } },
      ],
      variables: { text: 'It rained the whole week.' },
    });
    expect(data.map(({ user }) => user)).toEqual([
      'Sum up: It rained the whole week.',
      'Shorten: It rained the whole week.',
    ]);
    const runs = await Promise.all(data.map(({ executionId }) => client.executions.ended(executionId)));
    expect(runs.map(({ status, trigger }) => ({ status, trigger }))).toEqual([
      { status: 'succeeded', trigger: 'prompt-trial' },
      { status: 'succeeded', trigger: 'prompt-trial' },
    ]);
    expect(await Promise.all(runs.map(generationsOf))).toMatchObject([
      [{ promptId, promptVersion: '1' }],
      [{ promptId: null, promptVersion: null }],
    ]);
  });

  it('that cannot be asked for fail like any run, without keeping the others from answering', async () => {
    const { data } = await client.http.ask<{ data: { executionId: string }[] }>('POST', '/prompts/try', {
      candidates: [
        { promptId, version: 1, model: 'nobody/knows-it' },
        { promptId, version: 1, model: 'simulated/offline' },
      ],
      variables: { text: 'Rain.' },
    });
    const runs = await Promise.all(data.map(({ executionId }) => client.executions.ended(executionId)));
    expect(runs.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });
});
