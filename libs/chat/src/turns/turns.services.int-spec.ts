/** Real: Postgres and the embedded database, migrations, conversations and runs; two "processes" on one database where there can be two. Fake: outside world and queue. */
import { edges, node } from '../../../kernel/src/testing/index.js';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { ExecutionsTestProcess } from '../../../executions/src/testing/executions-test-process.js';
import { TestOrg } from '../../../executions/src/testing/test-org.js';
import { type AppError } from '#platform/errors';
import { newId } from '#platform/ids';
import { ChatModule } from '../chat.module.js';
import { ConversationRounds } from '../conversations/conversation-rounds.js';
import { ChatSessions } from './chat-sessions.js';
import { type ChatMessage, ChatTurns } from './chat-turns.js';

const graph = {
  nodes: [
    node('start', 'start'),
    node('say', 'llm', { model: 'simulated/offline', prompt: '{{ input.message }}' }),
    node('output', 'output', { expression: '{ "text": steps.say.text }' }),
  ],
  edges: edges('start > say > output'),
};

interface Row {
  readonly turn: number;
  readonly role: string;
  readonly state: string;
  readonly content: string;
}

describe.each(['postgres', 'embedded'] as const)('Turns of conversations, on %s', (kind) => {
  let testDatabase: TestDatabase;
  let processes: ExecutionsTestProcess[];
  let org: TestOrg;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    const first = await ExecutionsTestProcess.start(testDatabase, { modules: [ChatModule] });
    processes = [first];
    if (kind === 'postgres') processes.push(await ExecutionsTestProcess.start(testDatabase, { modules: [ChatModule] }));
    else processes.push(first);
  });

  beforeEach(async () => {
    org = await TestOrg.create(processes[0]!, graph);
  });

  afterAll(async () => {
    for (const process of new Set(processes)) await process.stop();
    await testDatabase.drop();
  });

  const take = (which: number, said: Partial<ChatMessage>): ReturnType<ChatTurns['take']> =>
    org.as(() => processes[which]!.get(ChatTurns).take({ message: 'Hello.', ...said }));
  const rows = (conversationId: string): Promise<Row[]> =>
    processes[0]!.query(
      `SELECT turn, role, state, content FROM message WHERE conversation_id = $1 ORDER BY turn, role DESC`,
      [conversationId],
    );
  const whenBusy = (strategy: string): Promise<unknown> =>
    processes[0]!.query(`UPDATE agent SET chat = $2 WHERE id = $1 RETURNING id`, [
      org.agentId,
      JSON.stringify({ whenBusy: strategy }),
    ]);

  /** As the task of each process does, until nothing is left to do. */
  async function rounds(conversationId: string): Promise<Row[]> {
    for (let tries = 0; tries < 60; tries += 1) {
      await Promise.all(processes.map((process) => process.get(ConversationRounds).round(0)));
      // No worker runs here: the runs that a round has put on the queue are taken by hand.
      await processes[0]!.work();
      const all = await rows(conversationId);
      if (all.every(({ state }) => state !== 'active' && state !== 'queued')) return all;
    }
    throw new Error('The conversation does not come to rest.');
  }

  it('whose process dies before their run is there are run by another one, once', async () => {
    const { conversation, message } = await take(0, { agentId: org.agentId, message: 'Is anybody there?' });
    expect(await rounds(conversation.id)).toEqual([
      { turn: 1, role: 'user', state: 'answered', content: 'Is anybody there?' },
      { turn: 1, role: 'assistant', state: 'answered', content: 'echo: Is anybody there?' },
    ]);
    const runs = await processes[0]!.query(`SELECT id FROM execution WHERE org_id = $1`, [org.id]);
    expect(runs).toEqual([{ id: message.executionId }]);
  });

  it('are one at a time, whichever process a message comes to', async () => {
    const { conversation } = await take(0, { agentId: org.agentId });
    await rounds(conversation.id);
    const taken = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        take(index % 2, { conversationId: conversation.id, message: `Number ${index}` }),
      ),
    );
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of taken) {
      if (each.status === 'rejected') expect((each.reason as AppError).code).toBe('conversation.busy');
    }
    expect(await rounds(conversation.id)).toHaveLength(4);
  });

  it('are one for messages that race with one key, at the beginning of a conversation and in the middle of it', async () => {
    const say = (more: Partial<ChatMessage>) => {
      const idempotency = { key: newId(), requestHash: 'the same' };
      return Promise.all(Array.from({ length: 6 }, (_, index) => take(index % 2, { ...more, idempotency })));
    };
    const begun = await say({ agentId: org.agentId });
    expect(new Set(begun.map(({ message }) => message.id)).size).toBe(1);
    expect(begun.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const conversationId = begun[0]!.conversation.id;
    await rounds(conversationId);
    const next = await say({ conversationId });
    expect(new Set(next.map(({ message }) => message.id)).size).toBe(1);
    expect(await rounds(conversationId)).toHaveLength(4);
  });

  it('that are queued are answered in the order in which they came, each once', async () => {
    await whenBusy('queue');
    const { conversation } = await take(0, { agentId: org.agentId, message: 'Number 0' });
    for (let each = 1; each <= 5; each += 1) {
      await take(each % 2, { conversationId: conversation.id, message: `Number ${each}` });
    }
    const all = await rounds(conversation.id);
    expect(all.filter(({ role }) => role === 'assistant').map(({ content }) => content)).toEqual(
      Array.from({ length: 6 }, (_, index) => `echo: Number ${index}`),
    );
  });

  it('that have to give way leave no run behind', async () => {
    await whenBusy('rollback');
    const begun = await take(0, { agentId: org.agentId, message: 'Forget this.' });
    const next = await take(1, { conversationId: begun.conversation.id, message: 'Remember this.' });
    expect(next.givenUp).toBe(begun.message.executionId);
    const all = await rounds(begun.conversation.id);
    expect(all.map(({ turn, role, state }) => `${turn} ${role} ${state}`)).toEqual([
      '1 user rolled_back',
      '2 user answered',
      '2 assistant answered',
    ]);
    const asked = processes[0]!.outside.generateCalls.filter(({ request }) => request.prompt === 'Remember this.');
    expect(asked[0]?.request.history).toEqual([]);
  });

  it('that nobody may start are withdrawn: nothing was said', async () => {
    await processes[0]!.query(`UPDATE agent SET archived_at = now() WHERE id = $1 RETURNING id`, [org.agentId]);
    const begin = org.as(() => processes[0]!.get(ChatSessions).begin({ agentId: org.agentId, message: 'Hello?' }));
    await expect(begin).rejects.toMatchObject({ code: 'agent.archived' });
    expect(await processes[0]!.query(`SELECT id FROM conversation WHERE org_id = $1`, [org.id])).toEqual([]);
  });

  it('expire with their conversation', async () => {
    await processes[0]!.query(`UPDATE agent SET chat = '{"keepDays": 1}' WHERE id = $1 RETURNING id`, [org.agentId]);
    const { conversation } = await take(0, { agentId: org.agentId });
    await rounds(conversation.id);
    await processes[0]!.get(ConversationRounds).expire();
    expect(await rows(conversation.id)).toHaveLength(2);
    await processes[0]!.query(
      `UPDATE conversation SET expires_at = expires_at - interval '25 hours' WHERE id = $1 RETURNING id`,
      [conversation.id],
    );
    await processes[0]!.get(ConversationRounds).expire();
    expect(await rows(conversation.id)).toEqual([]);
  });
});
