import { startFakeOpenAiServer } from './fake-openai-server.js';

const post = (baseUrl: string, body: object) =>
  fetch(`${baseUrl}/chat/completions`, { method: 'POST', body: JSON.stringify(body) });

describe('startFakeOpenAiServer', () => {
  it('says the same whole and streamed, and ends with usage and [DONE]', async () => {
    const server = await startFakeOpenAiServer({ text: 'Grüße aus Köln, 5 € zurück.' });
    const whole = (await (await post(server.baseUrl, {})).json()) as { choices: { message: { content: string } }[] };
    const streamed = await (await post(server.baseUrl, { stream: true })).text();
    const events = streamed.split('\n\n').filter(Boolean);
    const contents = events
      .slice(0, -1)
      .map(
        (event) =>
          (JSON.parse(event.slice(6)) as { choices: { delta: { content?: string } }[] }).choices[0]?.delta.content ??
          '',
      );
    expect(contents.join('')).toBe('Grüße aus Köln, 5 € zurück.');
    expect(whole.choices[0]?.message.content).toBe('Grüße aus Köln, 5 € zurück.');
    expect(events.at(-2)).toContain('"completion_tokens"');
    expect(events.at(-1)).toBe('data: [DONE]');
    expect(server.requests.map((request) => request.path)).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
    await server.close();
  });

  it('keeps the pace and the delay it was given', async () => {
    const server = await startFakeOpenAiServer({ tokenCount: 20, tokensPerSecond: 100, firstTokenDelayMs: 50 });
    const startedAt = performance.now();
    const text = await (await post(server.baseUrl, { stream: true })).text();
    const tookMs = performance.now() - startedAt;
    expect(text.match(/"content":"[^"]/g)).toHaveLength(20);
    expect(tookMs).toBeGreaterThan(200);
    expect(tookMs).toBeLessThan(1_500);
    await server.close();
  });

  it('fails as it is told, request by request', async () => {
    const server = await startFakeOpenAiServer({
      fault: (index) => (index === 0 ? { kind: 'status', status: 429, retryAfter: '1' } : undefined),
    });
    const first = await post(server.baseUrl, {});
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await post(server.baseUrl, {})).status).toBe(200);
    await server.close();
  });
});
