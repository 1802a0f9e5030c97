import { NodeKindRegistry } from '../../node-kind-registry.js';
import { type FakeTool, graph, node } from '../../testing/index.js';
import { call, type Turn, walkAgent } from '../../testing/scripted-agent.js';
import { validateGraph } from '../../validate/validate-graph.js';

describe('what an author says of an agent’s tools', () => {
  const issue: FakeTool = {
    name: 'issue',
    inputSchema: {
      type: 'object',
      properties: { repository: { type: 'string' }, title: { type: 'string' }, labels: { type: 'array' } },
      required: ['repository', 'title'],
    },
    effectOf: ({ title }) => (title === 'read' ? 'read' : 'write'),
    run: (args) => args,
  };
  const asks = (args: unknown): Turn[] => [[call('issue', args)], 'done'];

  it('may be no more than a name', async () => {
    const { outcome } = await walkAgent(asks({ title: 'read' }), { tools: ['issue'] }, [issue]);
    expect(outcome).toMatchObject({ status: 'succeeded' });
  });

  it('fixes arguments that the model neither sees nor changes, and chooses the credential', async () => {
    const credentialId = '0190f2a4-5b6c-7000-8000-00000000aaaa';
    const tools = [{ name: 'issue', fixed: { repository: 'ours' }, forbidden: ['labels'], credentialId }];
    const { outside } = await walkAgent(asks({ title: 'read' }), { tools }, [issue]);
    expect(outside.asked[0]?.tools?.[0]?.inputSchema).toEqual({
      type: 'object',
      properties: { title: { type: 'string' } },
      required: ['title'],
    });
    expect(outside.toolCalls).toMatchObject([{ args: { title: 'read', repository: 'ours' }, credentialId }]);
    expect(JSON.stringify(outside.asked)).not.toContain(credentialId);
  });

  it.each([{ repository: 'theirs' }, { labels: [] }])('refuses what is not the model’s to give: %j', async (more) => {
    const tools = [{ name: 'issue', fixed: { repository: 'ours' }, forbidden: ['labels'] }];
    const { outside } = await walkAgent(asks({ title: 'read', ...more }), { tools }, [issue]);
    expect(outside.toolCalls).toEqual([]);
    expect(outside.asked[1]?.turns?.at(-1)).toMatchObject({
      isError: true,
      content: expect.stringMatching(/not yours to give/),
    });
  });

  it.each([
    ['never', 'write', []],
    ['onWrite', 'read', []],
    ['onWrite', 'write', ['approval']],
    ['always', 'read', ['approval']],
    [true, 'read', ['approval']],
    [false, 'write', []],
  ])('asks a person %s for a call that is a %s', async (approval, title, waits) => {
    const { host, outcome } = await walkAgent(
      asks({ repository: 'r', title }),
      { tools: [{ name: 'issue', approval }] },
      [issue],
    );
    expect(outcome.status).toBe(waits.length > 0 ? 'waiting' : 'succeeded');
    expect([...host.waits.values()].map(({ kind }) => kind)).toEqual(waits);
  });

  it.each([
    ['never', 'always', 'read', true],
    ['never', 'onWrite', 'write', true],
    ['never', 'onWrite', 'read', false],
    ['onWrite', 'always', 'read', true],
    ['always', 'never', 'read', true],
  ] as const)(
    'asks a person by the stricter of its own word (%s) and the tool’s (%s) for a %s',
    async (approval, wanted, title, waits) => {
      const tools = [{ name: 'issue', approval }];
      const strict: FakeTool = { ...issue, approval: wanted };
      const { outcome } = await walkAgent(asks({ repository: 'r', title }), { tools }, [strict]);
      expect(outcome.status).toBe(waits ? 'waiting' : 'succeeded');
    },
  );

  it('shows a person the arguments as they will be, the fixed ones too', async () => {
    const tools = [{ name: 'issue', approval: 'always', fixed: { repository: 'ours' } }];
    const { host } = await walkAgent(asks({ title: 'x' }), { tools }, [issue]);
    expect([...host.waits.values()][0]?.payload).toEqual({
      tool: 'issue',
      arguments: { title: 'x', repository: 'ours' },
    });
  });

  it.each([
    [{ name: 'issue', approval: 'sometimes' }, '/nodes/1/config/tools/0/approval'],
    [{ name: 'is sue' }, '/nodes/1/config/tools/0/name'],
    ['is sue', '/nodes/1/config/tools/0'],
    [{ name: 'issue', shell: true }, '/nodes/1/config/tools/0/shell'],
    [{ name: 'issue', fixed: { a: 1 }, forbidden: ['a'] }, '/nodes/1/config/tools/0/forbidden/0'],
    [{ name: 'issue', credentialId: 'mine' }, '/nodes/1/config/tools/0/credentialId'],
  ])('is checked where it is written: %j', (tool, pointer) => {
    const { problems } = validateGraph(
      graph(
        [
          node('agent', 'agent', { model: 'a/b', prompt: 'x', tools: [tool] }),
          node('out', 'output', { expression: 'steps.agent' }),
        ],
        'start > agent > out',
      ),
      new NodeKindRegistry(),
    );
    expect(problems.map((problem) => problem.pointer)).toContain(pointer);
  });
});
