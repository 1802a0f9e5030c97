import { ServiceServer } from '../../libs/tools/src/testing/service-server.js';
import { type FakeOpenAiServer, startFakeOpenAiServer } from '../../libs/providers/src/testing/fake-openai-server.js';
import type { ApiClient } from '../support/clients/api.client.js';
import type { Graph } from '../support/clients/agents.client.js';
import type { Wait } from '../support/clients/executions.client.js';
import { chain } from '../support/graphs/chain.js';
import { expectWholeRun } from '../support/invariants.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

const REPOSITORY = { owner: 'octo', repo: 'hello' };
const COMMENT = { ...REPOSITORY, number: 7, body: 'A fix is on its way.' };
const JIRA_COMMENT = { key: 'SUP-1', body: 'Being fixed, see octo/hello#7.' };
const POST = { channel: 'C024BE91L', text: 'Somebody looks after the login.' };

/** Long enough and unlike anything else, to be looked for afterwards. */
const TOKENS = {
  github: 'github_pat_planted-0a1b2c3d4e5f',
  jira: 'planted-jira-token-6a7b8c9d',
  slack: 'xoxb-planted-slack-1f2e3d4c5b',
};

/**
 * A fresh installation. Real: every process and store, tools and their SDKs, the egress door, the crash. Servers of the
 * test's own: one each that is shaped like GitHub, Jira and Slack, and the model's, which follows a script.
 */
describe('an agent that looks after an issue', () => {
  let agentflow: AgentFlow;
  let model: FakeOpenAiServer;
  let github: ServiceServer;
  let jira: ServiceServer;
  let slack: ServiceServer;
  let client: ApiClient;
  let agentId: string;

  const script = [
    [{ name: 'github_get_issue', arguments: { ...REPOSITORY, number: 7 } }],
    [
      { name: 'github_comment_issue', arguments: COMMENT },
      { name: 'jira_comment_issue', arguments: JIRA_COMMENT },
    ],
    [{ name: 'slack_post_message', arguments: POST }],
  ];

  beforeAll(async () => {
    [github, jira, slack] = await Promise.all([ServiceServer.start(), ServiceServer.start(), ServiceServer.start()]);
    model = await startFakeOpenAiServer({
      text: 'Commented and told the channel.',
      toolCalls: ({ messages }) => script[turnOf(messages)] ?? [],
    });
    const settings = {
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: model.baseUrl,
      EGRESS_ALLOW_CIDRS: '127.0.0.1/32',
    };
    agentflow = await startAgentFlow({ settings });
    client = agentflow.client;
    agentId = await client.agents.publishNew(await caretaker(), 'Caretaker');
  });

  afterAll(async () => {
    await agentflow?.stop();
    await model?.close();
    await Promise.all([github, jira, slack].map((server) => server?.close()));
  });

  beforeEach(() => {
    const issue = { number: 7, title: 'Login fails', state: 'open', user: { login: 'ada' }, body: 'It does.' };
    github.reset({
      'GET /repos/octo/hello/issues/7': { body: { ...issue, labels: [], comments: 0 } },
      'GET /repos/octo/hello/issues/7/comments': { body: [] },
      'POST /repos/octo/hello/issues/7/comments': { status: 201, body: { id: 2, user: { login: 'bot' }, body: 'x' } },
    });
    jira.reset({ 'POST /rest/api/3/issue/SUP-1/comment': { status: 201, body: { id: '10' } } });
    slack.reset({ 'POST /chat.postMessage': { body: { ok: true, channel: POST.channel, ts: '1.2' } } });
  });

  const keep = async (kind: string, fields: object): Promise<string> =>
    (await client.http.ask<{ id: string }>('POST', '/integrations', { kind, name: kind, fields })).id;

  async function caretaker(): Promise<Graph> {
    const [gh, ji, sl] = await Promise.all([
      keep('github', { token: TOKENS.github, baseUrl: github.url }),
      keep('jira', { email: 'ada@example.com', apiToken: TOKENS.jira, baseUrl: jira.url }),
      keep('slack', { token: TOKENS.slack, baseUrl: slack.url }),
    ]);
    const approval = 'onWrite';
    const tools = [
      { name: 'github_get_issue', approval, credentialId: gh },
      { name: 'github_comment_issue', approval, credentialId: gh },
      { name: 'jira_comment_issue', approval, credentialId: ji },
      { name: 'slack_post_message', approval, credentialId: sl },
    ];
    const config = { model: 'openai/gpt-4o-mini', prompt: '{{ input.message }}', tools };
    return chain([{ id: 'a', kind: 'agent', config }], '{ "text": steps.a.text }');
  }

  it('reads it, asks in the chat, comments and posts, and leaves a receipt of each act', async () => {
    const asked = await client.chat.send({ agentId, message: 'Please look after issue 7.' });
    expect(asked.status).toBe(202);
    const { conversationId, answer, waits } = asked.body;
    const id = asked.body.executionId ?? '';
    expect(answer).toBeNull();
    expect(waits.map(({ title, payload }) => ({ title, payload }))).toEqual([
      about('github_comment_issue', COMMENT),
      about('jira_comment_issue', JIRA_COMMENT),
    ]);
    expect([writes(github), writes(jira), writes(slack)]).toEqual([[], [], []]);

    // A decision about something else than what is asked now is none.
    const changed = await decide({ ...(waits[0] as Wait), payloadHash: '0'.repeat(64) }, 'approved');
    expect([changed.status, (changed.body as unknown as { code: string }).code]).toEqual([409, 'wait.payload_changed']);
    expect(writes(github)).toEqual([]);

    for (const wait of waits) expect((await decide(wait, 'approved')).status).toBe(200);
    const { waits: next } = await client.executions.until(
      id,
      (run) => run.status === 'waiting' && run.waits.some(({ title }) => title.includes('slack')),
      'to ask about Slack',
    );
    expect((await decide(next[0] as Wait, 'approved')).status).toBe(200);

    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded', trigger: 'chat' });
    expect(writes(github)).toEqual(['POST /repos/octo/hello/issues/7/comments']);
    expect(github.bodies.at(-1)).toEqual({ body: COMMENT.body });
    expect(writes(jira)).toEqual(['POST /rest/api/3/issue/SUP-1/comment']);
    expect(writes(slack)).toEqual(['POST /chat.postMessage']);
    await expectAnswered(conversationId, 'Commented and told the channel.');
    await expectWholeRun(client, id);
    await expectRunPage(id);
  });

  it('is told when somebody refuses, and does not do it', async () => {
    const { body } = await client.chat.send({ agentId, message: 'Look after it once more.' });
    const id = body.executionId ?? '';
    for (const wait of body.waits) expect((await decide(wait, 'rejected')).status).toBe(200);
    await client.executions.until(id, ({ waits }) => waits.some(({ title }) => title.includes('slack')), 'to go on');
    expect((await client.executions.tryDecide(id, 'rejected')).status).toBe(200);
    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded' });
    expect([writes(github), writes(jira), writes(slack)]).toEqual([[], [], []]);
    const refused = (await client.executions.steps(id)).filter(({ error }) => error !== null);
    expect(refused.map(({ error }) => error?.code)).toEqual(Array.from({ length: 3 }, () => 'tool.not_approved'));
  });

  it('asks again about nothing that was decided, and repeats no act, when every process is killed meanwhile', async () => {
    const { body } = await client.chat.send({ agentId, message: 'And once more, through a crash.' });
    const id = body.executionId ?? '';
    for (const wait of body.waits) await decide(wait, 'approved');
    await client.executions.until(id, ({ waits }) => waits.some(({ title }) => title.includes('slack')), 'to go on');
    await agentflow.kill9();
    await agentflow.restart();
    const { waits } = await client.executions.waiting(id);
    expect(waits).toHaveLength(1);
    await client.executions.tryDecide(id, 'approved');
    expect(await client.executions.ended(id)).toMatchObject({ status: 'succeeded' });
    expect([writes(github), writes(jira), writes(slack)].map(({ length }) => length)).toEqual([1, 1, 1]);
    await expectAnswered(body.conversationId, 'Commented and told the channel.');
  });

  const decide = (wait: Wait, decision: string): ReturnType<ApiClient['executions']['decideAbout']> =>
    client.executions.decideAbout(wait, decision);

  async function expectAnswered(conversationId: string, content: string): Promise<void> {
    for (let tries = 0; tries < 100 && (await client.chat.messages(conversationId)).length < 2; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await client.chat.messages(conversationId)).at(-1)).toMatchObject({ state: 'answered', content });
  }

  /** What the page of the run reads: each call with what it was given, its receipt, and what the models have cost. */
  async function expectRunPage(id: string): Promise<void> {
    const steps = await client.executions.steps(id);
    const calls = steps.filter(({ path }) => /^a\/\d+\/tool\/\d+$/.test(path));
    expect(calls.map(({ path, input }) => [path, (input as { tool: string }).tool])).toEqual([
      ['a/0/tool/0', 'github_get_issue'],
      ['a/1/tool/0', 'github_comment_issue'],
      ['a/1/tool/1', 'jira_comment_issue'],
      ['a/2/tool/0', 'slack_post_message'],
    ]);
    const receipts = (
      await client.http.ask<{ data: { stepPath: string; state: string; round: number; requestHash: string }[] }>(
        'GET',
        `/executions/${id}/receipts`,
      )
    ).data;
    expect(receipts.map(({ stepPath, state, round }) => ({ stepPath, state, round }))).toEqual(
      ['a/1/tool/0', 'a/1/tool/1', 'a/2/tool/0'].map((stepPath) => ({ stepPath, state: 'completed', round: 1 })),
    );
    const decided = await client.executions.waits(id);
    expect(decided.map(({ path, state, answer }) => [path, state, answer?.decision])).toEqual(
      receipts.map(({ stepPath }) => [stepPath, 'answered', 'approved']),
    );
    const generations = (
      await client.http.ask<{ data: { stepPath: string; costMicroUsd: number }[] }>(
        'GET',
        `/executions/${id}/generations`,
      )
    ).data;
    expect(generations.map(({ stepPath }) => stepPath)).toEqual([0, 1, 2, 3].map((turn) => `a/${turn}/model`));
    const { usage } = await client.executions.get(id);
    expect(usage.costMicroUsd).toBeGreaterThan(0);
    expect(usage.costMicroUsd).toBe(generations.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0));
    const everything = JSON.stringify([steps, receipts, decided, generations, await client.executions.allEvents(id)]);
    for (const token of Object.values(TOKENS)) expect(everything).not.toContain(token);
    for (const token of Object.values(TOKENS)) expect(agentflow.logs()).not.toContain(token);
  }
});

const about = (tool: string, args: object): object => ({
  title: `May the agent use ${tool}?`,
  payload: { tool, arguments: args },
});

function writes({ seen }: ServiceServer): string[] {
  return seen.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url}`);
}

/** How often the model has answered in this turn of the conversation. */
function turnOf(messages: unknown): number {
  const said = messages as readonly { readonly role: string }[];
  const last = said.findLastIndex(({ role }) => role === 'user');
  return said.slice(last).filter(({ role }) => role === 'assistant').length;
}
