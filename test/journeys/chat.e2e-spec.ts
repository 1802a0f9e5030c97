/** Real: the whole application on the stores of the set-up, with the built-in model. */
import { setTimeout as sleep } from 'node:timers/promises';
import { OrgDatabase } from '#tenancy';
import { eventually } from '../browser/support/eventually.js';
import type { ApiClient } from '../support/clients/api.client.js';
import type { ChatAnswer } from '../support/clients/chat.client.js';
import { serverSentEvents } from '../support/clients/server-sent-events.js';
import { talker } from '../support/graphs/talker.js';
import { newMember, newOrg, type NewOrg } from '../support/new-org.js';
import { setup } from '../support/setup.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';

describe('Talking to an agent', () => {
  let running: InProcess;
  let org: NewOrg;
  let owner: ApiClient;
  let agentId: string;

  beforeAll(async () => {
    running = await startInProcess();
    org = await newOrg(running.url);
    owner = org.owner;
    agentId = await talkingAgent();
  });

  afterAll(async () => {
    await running?.stop();
  });

  async function talkingAgent(chat: Record<string, unknown> = {}, slowMs = 1_500): Promise<string> {
    const { id } = await owner.http.ask<{ id: string }>('POST', '/agents', { name: 'Talker', graph: talker(slowMs) });
    await owner.agents.publish(id, 'first');
    await owner.http.ask('PATCH', `/agents/${id}`, { chat });
    return id;
  }

  it('is a run for each turn, and the agent knows what was said before', async () => {
    const first = await owner.chat.say({ agentId, message: 'My favourite colour is turquoise. I live in Lisbon.' });
    expect(first.answer).toMatchObject({ role: 'assistant', turn: 1, state: 'answered', simulated: true });
    const { conversationId } = first;
    const second = await owner.chat.say({ conversationId, message: 'What is my favourite colour?' });
    expect(second.answer?.content).toMatch(/turquoise/);
    const run = await owner.executions.get(second.executionId ?? '');
    expect(run).toMatchObject({ status: 'succeeded', trigger: 'chat', output: { turns: 2 } });
    expect(run.input).toMatchObject({ message: 'What is my favourite colour?', conversationId });
    expect((await owner.chat.messages(conversationId)).map(({ role, turn }) => `${turn} ${role}`)).toEqual([
      '1 user',
      '1 assistant',
      '2 user',
      '2 assistant',
    ]);
    expect(await owner.chat.conversation(conversationId)).toMatchObject({
      title: 'My favourite colour is turquoise. I live in Lisbon.',
      turns: 2,
      agentName: 'Talker',
    });
  });

  it('streams the events of the turn’s run from the first one', async () => {
    const response = await owner.http.open(
      'POST',
      '/api/v1/agent/chat/stream',
      JSON.stringify({ agentId, message: 'Hello there.' }),
      {
        'content-type': 'application/json',
      },
    );
    expect(response.headers.get('content-type')).toMatch(/event-stream/);
    const conversationId = response.headers.get('x-conversation-id') ?? '';
    const events: { id: string; event: string }[] = [];
    for await (const event of serverSentEvents(response)) events.push(event);
    expect(events.map(({ id }) => Number(id))).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.event).toBe('execution-end');
    for (let tries = 0; (await owner.chat.messages(conversationId)).length < 2 && tries < 50; tries += 1)
      await sleep(50);
    expect(await owner.chat.messages(conversationId)).toHaveLength(2);
  });

  it('says a message once under one Idempotency-Key', async () => {
    const key = `chat-${Date.now()}`;
    const body = { agentId, message: 'Say it once.' };
    const [one, two] = [await owner.chat.send(body, key), await owner.chat.send(body, key)];
    expect(two.body.conversationId).toBe(one.body.conversationId);
    expect(two.headers.get('idempotent-replayed')).toBe('true');
    expect(await owner.chat.messages(one.body.conversationId)).toHaveLength(2);
    expect((await owner.chat.send({ agentId, message: 'Something else.' }, key)).status).toBe(422);
  });

  it('is nobody else’s to see, not even an admin’s or the own key’s', async () => {
    const { conversationId } = await owner.chat.say({ agentId, message: 'A secret of mine.' });
    const admin = (await newMember(org, 'admin')).client;
    const key = await owner.org.createApiKey(['executions:read', 'executions:start'], 'Key');
    for (const other of [admin, owner.as(key.key)]) {
      for (const path of ['', '/messages', '/export', '/session']) {
        expect((await other.http.send('GET', `/conversations/${conversationId}${path}`)).status).toBe(404);
      }
      expect((await other.http.send('PATCH', `/conversations/${conversationId}`, { title: 'Mine' })).status).toBe(404);
      expect((await other.http.send('DELETE', `/conversations/${conversationId}`)).status).toBe(404);
      expect((await other.chat.send({ conversationId, message: 'Let me in.' })).status).toBe(404);
      const list = await other.http.ask<{ data: { id: string }[] }>('GET', '/conversations');
      expect(list.data.map(({ id }) => id)).not.toContain(conversationId);
    }
    const asKey = owner.as(key.key);
    const own = await asKey.chat.say({ agentId, message: 'Mine, says the key.' });
    expect(await asKey.chat.messages(own.conversationId)).toHaveLength(2);
  });

  it('can be renamed, exported and deleted', async () => {
    const { conversationId } = await owner.chat.say({ agentId, message: 'Keep **this**.' });
    await owner.http.ask('PATCH', `/conversations/${conversationId}`, { title: 'Kept' });
    const markdown = await owner.http.send('GET', `/conversations/${conversationId}/export?format=markdown`);
    expect(markdown.headers.get('content-disposition')).toMatch(/attachment; filename=".*\.md"/);
    expect(markdown.text).toMatch(/^# Kept\n[\s\S]*Keep \*\*this\*\*\./);
    const json = await owner.http.send<{ messages: unknown[] }>('GET', `/conversations/${conversationId}/export`);
    expect(json.body.messages).toHaveLength(2);
    expect((await owner.http.send('DELETE', `/conversations/${conversationId}`)).status).toBe(204);
    expect((await owner.http.send('GET', `/conversations/${conversationId}`)).status).toBe(404);
  });

  it('keeps what the agent leaves for later turns, as vars.session', async () => {
    const graph = {
      nodes: [
        { id: 'start', kind: 'start', config: {} },
        {
          id: 'out',
          kind: 'output',
          config: {
            expression:
              '{ "text": $string(vars.session.count), "session": { "count": (vars.session.count ? vars.session.count : 0) + 1 } }',
          },
        },
      ],
      edges: [{ from: 'start', to: 'out' }],
    };
    const { id } = await owner.http.ask<{ id: string }>('POST', '/agents', { name: 'Counter', graph });
    await owner.agents.publish(id, 'first');
    const { conversationId } = await owner.chat.say({ agentId: id, message: 'one' });
    await owner.chat.say({ conversationId, message: 'two' });
    const third = await owner.chat.say({ conversationId, message: 'three' });
    expect(third.answer?.content).toBe('2');
    expect(await owner.http.ask('GET', `/conversations/${conversationId}/session`)).toMatchObject({
      session: { count: 3 },
    });
  });

  it('says why there is no answer when the turn’s run fails', async () => {
    const graph = talker();
    const failing = {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.id === 'say' ? { ...node, config: { model: 'openai/gpt-4.1-mini', prompt: 'x' } } : node,
      ),
    };
    const { id } = await owner.http.ask<{ id: string }>('POST', '/agents', { name: 'Failing', graph: failing });
    await owner.agents.publish(id, 'first');
    const { message, answer } = await owner.chat.say({ agentId: id, message: 'Hello?' });
    expect(message).toMatchObject({
      state: 'failed',
      error: { code: expect.any(String), message: expect.any(String) },
    });
    expect(answer).toBeNull();
  });

  it.each([
    [{ message: 'To nobody.' }, 422, 'chat.no_target'],
    [{ agentId: '01890a5d-ac96-774b-bcce-b302099a8057', message: 'To nobody.' }, 404, 'agent.not_found'],
    [{ message: '' }, 400, 'request.invalid'],
    [{ message: 'x', context: { history: [] } }, 422, 'chat.reserved_context'],
    [{ message: 'x', overrides: { model: 1 } }, 400, 'request.invalid'],
  ])('refuses %j', async (body, status, code) => {
    const target = 'agentId' in body || code === 'chat.no_target' ? {} : { agentId };
    const answer = await owner.chat.send({ ...target, ...body });
    expect([answer.status, (answer.body as unknown as { code: string }).code]).toEqual([status, code]);
  });

  it('stays inside its window after 200 turns, and still answers a question about turn 3', async () => {
    const id = await talkingAgent({ windowTokens: 4_000 });
    const { conversationId } = await owner.chat.say({ agentId: id, message: 'Let us talk about gardens.' });
    await rememberTurns(conversationId, 200);
    const { answer, executionId } = await owner.chat.say({
      conversationId,
      message: 'What is the name of the sailing boat of my grandmother?',
    });
    expect(answer?.content).toMatch(/Albatross/);
    const { usage, input } = await owner.executions.get(executionId ?? '');
    expect(usage.inputTokens).toBeGreaterThan(2_000);
    expect(usage.inputTokens).toBeLessThanOrEqual(4_000);
    const { history } = input as { history: { content: string }[] };
    expect(history.at(-2)?.content).toMatch(/number 200\b/);
    // What no longer fits is summarised by a run of its own, which nobody waits for.
    for (let tries = 0; tries < 100 && !(await owner.chat.conversation(conversationId)).summary; tries += 1)
      await sleep(100);
    expect((await owner.chat.conversation(conversationId)).summary).toEqual(expect.any(String));
    const runs = await owner.http.ask<{ data: { trigger: string; status: string }[] }>('GET', '/executions');
    expect(runs.data).toContainEqual(expect.objectContaining({ trigger: 'chat-summary', status: 'succeeded' }));
    const next = await owner.chat.say({ conversationId, message: 'And what about the garden?' });
    const after = (await owner.executions.get(next.executionId ?? '')).input as { history: { role: string }[] };
    expect(after.history[0]?.role).toBe('system');
  });

  /** As if so many turns had been said; the third one tells of a boat. */
  async function rememberTurns(conversationId: string, turns: number): Promise<void> {
    const database = running.app.get(OrgDatabase, { strict: false });
    await database.acrossOrgsStatement(
      'a test makes a long conversation',
      `INSERT INTO message (id, org_id, conversation_id, turn, role, content, state)
       SELECT gen_random_uuid(), c.org_id, c.id, n, role,
              CASE WHEN n = 3 AND role = 'user' THEN 'The sailing boat of my grandmother has the name Albatross.'
                   WHEN role = 'user' THEN 'This is remark number ' || n || ' on beds, borders, compost and the many kinds of roses that grow there.'
                   ELSE 'Thank you for remark number ' || n || '; roses like sun, and compost likes patience.' END, 'answered'
         FROM conversation c, generate_series(2, $2::int) AS n, unnest(ARRAY['user', 'assistant']) AS role
        WHERE c.id = $1::uuid RETURNING id`,
      [conversationId, turns],
    );
    await database.acrossOrgsStatement(
      'a test counts its turns',
      `UPDATE conversation SET turns = $2::int WHERE id = $1::uuid RETURNING id`,
      [conversationId, turns],
    );
  }

  describe('while the last turn is under way', () => {
    /** Two messages 50 ms apart. */
    async function twoMessages(
      whenBusy: string,
    ): Promise<[ChatAnswer, Awaited<ReturnType<ApiClient['chat']['send']>>, string]> {
      const id = await talkingAgent({ whenBusy });
      const { conversationId } = await owner.chat.say({ agentId: id, message: 'Hello.' });
      const first = owner.chat.send({ conversationId, message: 'A slow one. The code is 4711.' });
      // Its message is there as soon as its turn has begun.
      await eventually(async () => expect((await owner.chat.messages(conversationId)).length).toBeGreaterThan(2));
      const second = await owner.chat.send({ conversationId, message: 'What is the code?' });
      return [(await first).body, second, conversationId];
    }
    /** Once all turns are over. */
    async function states(conversationId: string): Promise<string[]> {
      for (let tries = 0; tries < 100; tries += 1) {
        const messages = await owner.chat.messages(conversationId);
        if (messages.every(({ state }) => state !== 'active' && state !== 'queued'))
          return messages.map(({ turn, role, state }) => `${turn} ${role} ${state}`);
        await sleep(50);
      }
      throw new Error('The conversation does not come to rest.');
    }

    it('is refused by an agent that rejects', async () => {
      const [, second, conversationId] = await twoMessages('reject');
      expect(second.status).toBe(409);
      expect((second.body as unknown as { code: string }).code).toBe('conversation.busy');
      expect((await states(conversationId)).slice(2)).toEqual(['2 user answered', '2 assistant answered']);
    });

    it('waits its turn with an agent that queues, and then knows the answer before', async () => {
      const [, second, conversationId] = await twoMessages('queue');
      expect(second.status).toBe(200);
      expect(second.body.answer?.content).toMatch(/4711/);
      expect(await states(conversationId)).toEqual([
        '1 user answered',
        '1 assistant answered',
        '2 user answered',
        '2 assistant answered',
        '3 user answered',
        '3 assistant answered',
      ]);
    });

    it('ends the turn with an agent that interrupts', async () => {
      const [first, second, conversationId] = await twoMessages('interrupt');
      expect(second.body.message.state).toBe('answered');
      expect((await states(conversationId)).slice(2)).toEqual([
        '2 user interrupted',
        '3 user answered',
        '3 assistant answered',
      ]);
      // The turn is over at once; its run hears of it a moment later.
      expect((await owner.executions.ended(first.message.executionId ?? '')).status).toBe('cancelled');
    });

    it('takes the turn back with an agent that rolls back: it was never said', async () => {
      const [, second, conversationId] = await twoMessages('rollback');
      expect(second.body.answer?.content).not.toMatch(/4711/);
      expect((await states(conversationId)).slice(2)).toEqual([
        '2 user rolled_back',
        '3 user answered',
        '3 assistant answered',
      ]);
    });

    it('lets one of many messages at once through, exactly', async () => {
      const id = await talkingAgent({ whenBusy: 'reject' }, 30_000);
      const { conversationId } = await owner.chat.say({ agentId: id, message: 'Hello.' });
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => owner.chat.send({ conversationId, message: `slow ${index}` })),
      );
      const taken = answers.filter(({ status }) => status < 300);
      expect([taken.length, answers.filter(({ status }) => status === 409).length]).toEqual([1, 11]);
    });
  });
});

describe('A turn that is interrupted while it speaks', () => {
  let running: InProcess;

  beforeAll(async () => {
    running = await startInProcess(setup, { SIMULATED_WORDS_PER_SECOND: '15' });
  });

  afterAll(async () => {
    await running?.stop();
  });

  it('keeps what was said so far, and the next turn knows it', async () => {
    const { owner } = await newOrg(running.url);
    const id = await owner.agents.publishNew(talker());
    await owner.http.ask('PATCH', `/agents/${id}`, { chat: { whenBusy: 'interrupt' } });
    const { conversationId } = (await owner.chat.send({ agentId: id, message: SUMMARY_OF_MUCH, waitSeconds: 0 })).body;
    await sleep(1_200);
    const next = await owner.chat.say({ conversationId, message: 'Stop.' });
    const [, half] = await owner.chat.messages(conversationId);
    expect(half).toMatchObject({
      turn: 1,
      role: 'assistant',
      state: 'interrupted',
      content: expect.stringMatching(/\w/),
    });
    const { input } = await owner.executions.get(next.executionId ?? '');
    expect((input as { history: { content: string }[] }).history[1]?.content).toBe(half?.content);
  });
});

const SUMMARY_OF_MUCH = `Summarise: ${Array.from({ length: 30 }, (_, index) => `The harbour of city number ${index} is old and was built by many people over a long time.`).join(' ')}`;
