import { setTimeout as sleep } from 'node:timers/promises';
import { McpError, ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { said, type TestCall } from './testing/mcp-server.js';
import { circumstances, openMcp, SECRET, tool } from './testing/open-mcp.js';

const mcp = openMcp();

describe('calling a tool of an MCP server', () => {
  it.each([true, false])('gives its text, answered as JSON: %s', async (json) => {
    mcp.server.json = json;
    mcp.server.tools = { echo: { run: ({ args }) => said(JSON.stringify(args)) } };
    expect(await mcp.call(tool('echo'), { q: 'x', n: [1] })).toBe('{"q":"x","n":[1]}');
  });

  it('prefers structured content', async () => {
    mcp.server.tools = {
      count: { run: () => ({ content: [{ type: 'text', text: '{"n":1}' }], structuredContent: { n: 1 } }) },
    };
    expect(await mcp.call(tool('count'))).toEqual({ n: 1 });
  });

  it('ends the session when it is done', async () => {
    mcp.server.tools = { echo: {} };
    await mcp.call(tool('echo'));
    await eventually(() => expect(mcp.server.seen).toContain('DELETE'));
  });

  it('sends the credential with each request, and takes it out of what comes back', async () => {
    mcp.server.authorization = SECRET;
    mcp.server.tools = { leak: { run: ({ authorization }) => said(`you are ${authorization}`) } };
    const result = await mcp.adapter().call(mcp.set({ credentialId: SECRET }), tool('leak'), {}, circumstances());
    expect(result).toBe('you are •••');
    await expect(mcp.call(tool('leak'))).rejects.toMatchObject({ code: 'tool.refused' });
  });

  it('fails in the words of a tool that says that it failed', async () => {
    mcp.server.tools = { fails: { run: () => ({ ...said('No such\u200b issue\u0007'), isError: true }) } };
    await expect(mcp.call(tool('fails', 'write'))).rejects.toMatchObject({
      code: 'tool.failed',
      message: 'No such issue',
      retryable: false,
      outcomeUnknown: false,
    });
  });

  it('fails in the words of the protocol, and does not know what a broken server has written', async () => {
    const answers = (code: number) => {
      mcp.server.tools = { odd: { run: () => Promise.reject(new McpError(code, 'because')) } };
    };
    answers(-32602);
    await expect(mcp.call(tool('odd', 'write'))).rejects.toMatchObject({ code: 'tool.invalid', outcomeUnknown: false });
    answers(-32601);
    await expect(mcp.call(tool('odd', 'write'))).rejects.toMatchObject({ code: 'tool.not_found' });
    answers(-32603);
    await expect(mcp.call(tool('odd', 'write'))).rejects.toMatchObject({ code: 'tool.failed', outcomeUnknown: true });
    await expect(mcp.call(tool('odd', 'read'))).rejects.toMatchObject({ code: 'tool.failed', outcomeUnknown: false });
  });

  it('has more time for a server that gives word of progress', async () => {
    mcp.server.tools = {
      slow: {
        run: async ({ extra }) => {
          for (let progress = 0; progress < 6; progress++) {
            await sleep(50);
            const progressToken = extra._meta?.progressToken ?? '';
            await extra.sendNotification({ method: 'notifications/progress', params: { progressToken, progress } });
          }
          return said('finished');
        },
      },
      silent: { run: () => sleep(5_000, said('late'), { ref: false }) },
    };
    expect(await mcp.call(tool('slow'), {}, {}, { idleMs: 150 })).toBe('finished');
    await expect(mcp.call(tool('silent', 'write'), {}, {}, { idleMs: 150 })).rejects.toMatchObject({
      code: 'tool.timeout',
      outcomeUnknown: true,
      retryable: true,
    });
  });

  it('waits for an answer whose stream is silent for a while', async () => {
    mcp.server.tools = { slow: { run: () => sleep(1_200, said('late')) } };
    expect(await mcp.call(tool('slow'))).toBe('late');
  });

  it('tells the server when nobody waits for the answer any more', async () => {
    const stopped: unknown[] = [];
    const begun = new AbortController();
    mcp.server.tools = {
      hangs: {
        run: ({ extra }) =>
          new Promise((resolve) => {
            begun.abort();
            extra.signal.addEventListener('abort', () => {
              stopped.push('cancelled');
              resolve(said('never read'));
            });
          }),
      },
    };
    const over = new AbortController();
    const reason = new Error('The run was cancelled');
    begun.signal.addEventListener('abort', () => over.abort(reason));
    await expect(mcp.call(tool('hangs'), {}, { signal: over.signal })).rejects.toBe(reason);
    await eventually(() => expect(stopped).toEqual(['cancelled']));
    expect(mcp.server.seen).toContain('POST notifications/cancelled');
  });

  it('begins a new session once when the server has forgotten the old one', async () => {
    let runs = 0;
    mcp.server.tools = { echo: { run: () => said(String(++runs)) } };
    let losses = 1;
    mcp.server.instead = (_request, _response, body) => {
      if (body.includes('tools/call') && losses-- > 0) mcp.server.forgetSessions();
      return false;
    };
    expect(await mcp.call(tool('echo', 'write'))).toBe('1');
    expect(mcp.server.seen.filter((each) => each === 'POST initialize')).toHaveLength(2);
    losses = 2;
    await expect(mcp.call(tool('echo', 'write'))).rejects.toMatchObject({
      code: 'tool.unavailable',
      outcomeUnknown: false,
    });
    expect(runs).toBe(1);
  });

  it('refuses what a server wants to ask of us', async () => {
    const asks = async ({ server: mine }: TestCall) => {
      const request = (method: string, params: Record<string, unknown>) =>
        mine.request({ method, params }, ResultSchema).then(
          () => 'granted',
          (error: { code?: number }) => String(error.code),
        );
      return said(
        [
          await request('sampling/createMessage', { messages: [], maxTokens: 5 }),
          await request('elicitation/create', {
            message: 'Your password?',
            requestedSchema: { type: 'object', properties: {} },
          }),
          await request('roots/list', {}),
        ].join(),
      );
    };
    mcp.server.tools = { asks: { run: asks } };
    expect(await mcp.call(tool('asks'))).toBe('-32601,-32601,-32601');
  });

  it('hears during a call that the tools have changed', async () => {
    const heard: string[] = [];
    mcp.server.tools = {
      grows: {
        run: async () => {
          await mcp.server.tellToolsChanged();
          await sleep(50);
          return said('grown');
        },
      },
    };
    expect(await mcp.call(tool('grows'), {}, { onToolsChanged: () => heard.push('changed') })).toBe('grown');
    expect(heard).toEqual(['changed']);
  });
});

describe('many calls at once', () => {
  it('never mix: each of two organisations sees its own answers, by its own credential', async () => {
    mcp.server.tools = {
      whoami: {
        run: async ({ args, authorization, session }) => {
          await sleep(Math.random() * 20);
          return { content: [], structuredContent: { who: authorization.length, asked: args['asked'], session } };
        },
      },
    };
    const tokens = ['Bearer canary-of-organisation-a', 'Bearer canary-of-organisation-bb'];
    const shared = mcp.adapter();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, each) =>
        shared.call(
          mcp.set({ credentialId: tokens[each % 2] ?? null }),
          tool('whoami'),
          { asked: each },
          circumstances(),
        ),
      ),
    );
    for (const [each, answer] of answers.entries()) {
      expect(answer).toMatchObject({ who: tokens[each % 2]?.length, asked: each });
    }
    expect(new Set(answers.map((answer) => (answer as { session: string }).session)).size).toBe(100);
  }, 30_000);
});

async function eventually(check: () => void): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      return check();
    } catch {
      await sleep(20);
    }
  }
  check();
}
