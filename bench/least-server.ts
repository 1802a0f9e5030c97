import express from 'express';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import pg from 'pg';

/**
 * The least that a durable model call costs with the same parts: one row committed before the call, the SDK's stream, one
 * row committed after it. No organisation, no key, no plan, no event log. `least-server.js <provider> <database>`; answers
 * with the text, or passes it on as it comes when server-sent events are accepted.
 */
const [baseURL, connectionString] = process.argv.slice(2);
const openai = new OpenAI({ baseURL, apiKey: 'bench', maxRetries: 0 });
const pool = new pg.Pool({ connectionString, max: 10 });
await pool.query('CREATE TABLE least (id bigserial PRIMARY KEY, body json)');
const commit = (body: unknown): Promise<unknown> =>
  pool.query({ name: 'commit', text: 'INSERT INTO least (body) VALUES ($1)', values: [JSON.stringify(body)] });

const app = express();
app.post('/', express.json(), async (request, response) => {
  const streams = request.headers.accept === 'text/event-stream';
  await commit(request.body);
  const answer = await openai.chat.completions.create({
    model: 'bench-model',
    stream: true,
    messages: [{ role: 'user', content: 'Say something about: hello' }],
  });
  let text = '';
  for await (const { choices } of answer) {
    const piece = choices[0]?.delta.content ?? '';
    text += piece;
    if (streams) response.write(`event: text-delta\ndata: ${JSON.stringify({ text: piece })}\n\n`);
  }
  await commit({ text });
  if (streams) response.end();
  else response.json({ text });
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.once('SIGTERM', () => process.exit(0));
