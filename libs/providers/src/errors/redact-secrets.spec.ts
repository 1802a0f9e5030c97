import { redactSecrets } from './redact-secrets.js';

const KEY = 'kX93mQzT7vLw2BnRp5YcHd8G';

describe('redactSecrets', () => {
  it.each([
    ['itself', KEY],
    ['base64', Buffer.from(KEY).toString('base64')],
    ['hex', Buffer.from(KEY).toString('hex')],
    ['reversed', [...KEY].reverse().join('')],
    ['its beginning', KEY.slice(0, 8)],
    ['its end', KEY.slice(-8)],
    ['twice', `${KEY} and ${KEY}`],
  ])('takes out a key written as %s', (_how, written) => {
    const redacted = redactSecrets(`Key <${written}> is wrong`, [KEY]);
    expect(redacted).toMatch(/^Key <.*> is wrong$/);
    for (let at = 0; at + 6 <= written.length; at++) {
      const piece = written.slice(at, at + 6);
      if (!piece.includes(' ')) expect(redacted).not.toContain(piece);
    }
  });

  it('takes out what looks like a key although nobody knows it', () => {
    expect(redactSecrets('Incorrect API key provided: sk-proj-abcdefgh12345. Header was Bearer abc.def.ghi', [])).toBe(
      'Incorrect API key provided: [redacted] Header was [redacted]',
    );
  });

  it('leaves ordinary words alone, also those that a short key begins with', () => {
    expect(redactSecrets('model "ollama/llama3" not found', ['ollama-key'])).toBe('model "ollama/llama3" not found');
    expect(redactSecrets('the key-value store is a risk-free bet', [KEY])).toContain('risk-free bet');
  });

  it('stays quick on a long text full of near misses', () => {
    const startedAt = performance.now();
    redactSecrets(KEY.slice(0, 4).repeat(5_000), [KEY]);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
