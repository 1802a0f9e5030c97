import type { McpTestServer } from './testing/mcp-server.js';
import { openMcp, tool } from './testing/open-mcp.js';

const mcp = openMcp();

describe('an MCP server that means harm or is broken', () => {
  /** Answers `tools/call` with bytes of the test's own. */
  const answerCallsWith = (write: (response: Parameters<NonNullable<McpTestServer['instead']>>[1]) => void): void => {
    mcp.server.instead = (_request, response, body) => {
      if (!body.includes('"tools/call"')) return false;
      write(response);
      return true;
    };
  };

  it.each(['application/json', 'text/event-stream'])('has no room for 50 MB of %s', async (type) => {
    let sent = 0;
    answerCallsWith((response) => {
      response.writeHead(200, { 'content-type': type });
      const piece = `data: ${'x'.repeat(64 * 1024)}`;
      const more = (): void => {
        while (sent < 50 * 1024 * 1024 && !response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    await expect(mcp.call(tool('big', 'write'))).rejects.toMatchObject({
      code: 'egress.too_large',
      outcomeUnknown: true,
    });
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });

  it('that ends its stream without an answer, or breaks it off, leaves a write in doubt', async () => {
    answerCallsWith(
      (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(': bye\n\n'),
    );
    const doubtful = { code: 'egress.failed', outcomeUnknown: true, retryable: true };
    await expect(mcp.call(tool('x', 'write'))).rejects.toMatchObject(doubtful);
    answerCallsWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n', () => response.destroy());
    });
    await expect(mcp.call(tool('x', 'write'))).rejects.toMatchObject(doubtful);
    await expect(mcp.call(tool('x', 'read'))).rejects.toMatchObject({ ...doubtful, outcomeUnknown: false });
  });

  it('that floods us with requests is left', async () => {
    answerCallsWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let id = 0; id < 500; id++) {
        response.write(
          `data: ${JSON.stringify({ jsonrpc: '2.0', id, method: 'sampling/createMessage', params: {} })}\n\n`,
        );
      }
    });
    await expect(mcp.call(tool('x'))).rejects.toMatchObject({ code: 'egress.too_large' });
    expect(mcp.server.seen.length).toBeLessThan(120);
  });

  it.each([502, 503])('that answers a write with %i leaves it in doubt', async (status) => {
    answerCallsWith((response) => void response.writeHead(status, { 'retry-after': '2' }).end());
    await expect(mcp.call(tool('x', 'write'))).rejects.toMatchObject({
      code: 'tool.unavailable',
      outcomeUnknown: true,
      retryAfterMs: 2_000,
    });
  });

  it('that asks to wait has done nothing', async () => {
    answerCallsWith((response) => void response.writeHead(429, { 'retry-after': '3' }).end());
    await expect(mcp.call(tool('x', 'write'))).rejects.toMatchObject({
      code: 'tool.rate_limited',
      outcomeUnknown: false,
      retryAfterMs: 3_000,
    });
  });

  it('is taken up again where it can be, when its stream ends early', async () => {
    let asked = 0;
    mcp.server.instead = (request, response, body) => {
      if (body.includes('"tools/call"')) {
        asked += 1;
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end('id: 7\nretry: 20\ndata: \n\n');
        return true;
      }
      if (request.headers['last-event-id'] !== '7') return false;
      const answer = { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'after all' }] } };
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${JSON.stringify(answer)}\n\n`);
      return true;
    };
    expect(await mcp.call(tool('x', 'write'))).toBe('after all');
    expect(asked).toBe(1);
  });
});
