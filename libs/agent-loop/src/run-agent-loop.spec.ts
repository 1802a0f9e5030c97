import { runAgentLoop } from './run-agent-loop.js';
import type { LoopCall, LoopHooks, LoopMessage, LoopReply, LoopResult, LoopToolResult } from './loop-types.js';

const call = (name: string, args: Record<string, unknown> = {}): LoopCall => ({ name, arguments: args });

class Recorded implements LoopHooks {
  readonly asked: { turn: number; messages: readonly LoopMessage[] }[] = [];
  readonly ran: string[] = [];

  constructor(
    private readonly replies: readonly LoopReply[],
    private readonly run: (call: LoopCall, place: string) => LoopToolResult | Promise<LoopToolResult> = ({ name }) => ({
      content: `${name} done`,
      isError: false,
    }),
  ) {}

  async model(turn: number, messages: readonly LoopMessage[]): Promise<LoopReply> {
    this.asked.push({ turn, messages });
    return this.replies[turn] as LoopReply;
  }

  async tool(turn: number, number: number, made: LoopCall): Promise<LoopToolResult> {
    this.ran.push(`${turn}/${number} ${made.name} ${JSON.stringify(made.arguments)}`);
    return this.run(made, `${turn}/${number}`);
  }
}

function loop(hooks: LoopHooks, rest: { system?: string; signal?: AbortSignal } = {}): Promise<LoopResult> {
  return runAgentLoop({ prompt: 'Do it', maxTurns: 30, signal: new AbortController().signal, ...rest }, hooks);
}

describe('the agent loop', () => {
  it('ends with the first answer that calls no tool', async () => {
    const hooks = new Recorded([{ text: 'Hello', toolCalls: [] }]);
    expect(await loop(hooks, { system: 'Be short' })).toEqual({ text: 'Hello', turns: 1 });
    expect(hooks.asked).toEqual([{ turn: 0, messages: [] }]);
  });

  it('tells the model what its tools have said, in the order of the calls, however long each took', async () => {
    const hooks = new Recorded(
      [
        { text: 'Let me see', toolCalls: [call('slow', { a: 1 }), call('fast')] },
        { text: '', toolCalls: [call('slow')] },
        { text: 'Done', toolCalls: [] },
      ],
      async ({ name }) => {
        if (name === 'slow') await new Promise((resolve) => setTimeout(resolve, 20));
        return { content: name, isError: name === 'fast' };
      },
    );
    expect(await loop(hooks)).toEqual({ text: 'Done', turns: 3 });
    expect(hooks.ran).toEqual(['0/0 slow {"a":1}', '0/1 fast {}', '1/0 slow {}']);
    expect(hooks.asked[1]?.messages).toEqual([
      {
        role: 'assistant',
        content: 'Let me see',
        toolCalls: [
          { id: '0.0', name: 'slow', arguments: { a: 1 } },
          { id: '0.1', name: 'fast', arguments: {} },
        ],
      },
      { role: 'tool', toolCallId: '0.0', toolName: 'slow', content: 'slow', isError: false },
      { role: 'tool', toolCallId: '0.1', toolName: 'fast', content: 'fast', isError: true },
    ]);
  });

  it('runs calls of one turn side by side, ten at a time', async () => {
    let running = 0;
    let most = 0;
    const hooks = new Recorded(
      [
        { text: '', toolCalls: Array.from({ length: 25 }, () => call('wait')) },
        { text: 'ok', toolCalls: [] },
      ],
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 10));
        running--;
        return { content: '', isError: false };
      },
    );
    await loop(hooks);
    expect(most).toBe(10);
    expect(hooks.ran).toHaveLength(25);
  });

  it.each(['__proto__', 'constructor', 'extract-1', 'toString', '', 'a b\n"; rm -rf /', 'x'.repeat(200)])(
    'hands the name %j to the hook like any other, and nothing of it happens by itself',
    async (name) => {
      const args = JSON.parse('{"__proto__":{"polluted":1},"constructor":2}') as Record<string, unknown>;
      const hooks = new Recorded(
        [
          { text: '', toolCalls: [call(name, args)] },
          { text: 'ok', toolCalls: [] },
        ],
        () => ({ content: 'There is no such tool', isError: true }),
      );
      expect(await loop(hooks)).toEqual({ text: 'ok', turns: 2 });
      expect(hooks.ran).toHaveLength(1);
      expect(hooks.asked[1]?.messages[1]).toMatchObject({ toolName: name, isError: true });
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  it('ends with exactly what a hook has thrown', async () => {
    const broken = new Error('model away');
    const ofModel = { model: () => Promise.reject(broken), tool: () => Promise.reject(broken) };
    await expect(loop(ofModel)).rejects.toBe(broken);
    const ofTool = new Recorded([{ text: '', toolCalls: [call('a'), call('b')] }], () => Promise.reject(broken));
    await expect(loop(ofTool)).rejects.toBe(broken);
  });

  it('stays where it is while a tool waits, and leaves with the signal', async () => {
    const controller = new AbortController();
    const hooks = new Recorded([{ text: '', toolCalls: [call('ask')] }], () => new Promise(() => undefined));
    const running = loop(hooks, { signal: controller.signal });
    const state = await Promise.race([
      running,
      new Promise((resolve) => setTimeout(() => resolve('still there'), 100)),
    ]);
    expect(state).toBe('still there');
    controller.abort(new Error('the run sleeps'));
    await expect(running).rejects.toThrow('the run sleeps');
  });

  it('asks the model as often as it is let', async () => {
    const hooks: LoopHooks = {
      model: (turn) =>
        Promise.resolve({ text: '', toolCalls: turn < 29 ? Array.from({ length: 20 }, () => call('again')) : [] }),
      tool: () => Promise.resolve({ content: '', isError: false }),
    };
    expect(await loop(hooks)).toEqual({ text: '', turns: 30 });
  });
});
