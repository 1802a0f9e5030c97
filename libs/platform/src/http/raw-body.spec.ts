import { gzipSync } from 'node:zlib';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { hasRawBody, keepRawBody, RAW_BODY_PATH, rawBodyOf } from './raw-body.js';

/** Answers with the bytes that it was sent, in hexadecimal digits. */
function echo(limitBytes = 100) {
  const app = express();
  app.use(RAW_BODY_PATH, keepRawBody(limitBytes));
  app.post('/{*path}', (asked, response) => {
    response.json({ raw: rawBodyOf(asked).toString('hex'), has: hasRawBody(asked), body: asked.body ?? null });
  });
  const told: ErrorRequestHandler = (error: { type?: string }, _request, response, next) => {
    if (error.type === undefined) next(error);
    else response.status(400).json({ type: error.type });
  };
  app.use(told);
  return request(app);
}

describe('A body below the path of webhooks', () => {
  it.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'image/png', 'nonsense'])(
    'is kept as it came, as %s',
    async (type) => {
      const bytes = Buffer.from([0x7b, 0x20, 0x22, 0xff, 0x00, 0x0d, 0x0a]);
      const answer = await echo()
        .post('/hooks/x')
        .set('Content-Type', type)
        .serialize(() => bytes as never)
        .send(bytes);
      expect(answer.body).toEqual({ raw: bytes.toString('hex'), has: true, body: null });
    },
  );

  it('may be empty', async () => {
    expect((await echo().post('/hooks/x')).body).toMatchObject({ raw: '', body: null });
  });

  it('is refused when it is too large for the server or for a stranger', async () => {
    const tooLarge = { type: 'entity.too.large' };
    expect((await echo(10).post('/hooks/x').type('text').send('x'.repeat(11))).body).toEqual(tooLarge);
    const stranger = echo(1_000_000_000).post('/hooks/x').type('text');
    expect((await stranger.send('x'.repeat(1_048_577))).body).toEqual(tooLarge);
  });

  it('is refused when it is packed: what was signed are the bytes that come', async () => {
    const packed = gzipSync('{}');
    const answer = await echo()
      .post('/hooks/x')
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'gzip')
      .serialize(() => packed as never)
      .send(packed);
    expect(answer.body).toEqual({ type: 'encoding.unsupported' });
  });

  it('is not touched anywhere else', async () => {
    expect((await echo().post('/api/v1/hooks').type('text').send('x')).body).toEqual({
      raw: '',
      has: false,
      body: null,
    });
  });
});
