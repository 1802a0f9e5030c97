import { runWith } from '../context/index.js';
import { createLogger, type Logger } from './logger.js';
import { NestLogger } from './nest-logger.js';
import { redactSecrets } from './redact-secrets.js';

function listening(level = 'debug'): { logger: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  let text = '';
  const logger = createLogger(level, { write: (line: string) => void (text += line) });
  return {
    logger,
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

describe('A log line', () => {
  it('carries the ids of its surroundings, and none outside of them', () => {
    const { logger, lines } = listening();
    runWith({ requestId: 'request-1', orgId: 'org-1', executionId: 'run-1', principal: { secret: 1 } }, () =>
      logger.info('inside'),
    );
    logger.info('outside');
    expect(lines()[0]).toMatchObject({
      level: 'info',
      msg: 'inside',
      requestId: 'request-1',
      orgId: 'org-1',
      executionId: 'run-1',
    });
    expect(Object.keys(lines()[0] ?? {})).not.toContain('principal');
    expect(Object.keys(lines()[1] ?? {}).sort()).toEqual(['level', 'msg', 'time']);
  });

  it.each(['password', 'authorization', 'cookie', 'token', 'refreshToken', 'apiKey', 'secret', 'encryptionKey'])(
    'hides the field %s wherever it stands',
    (field) => {
      const { logger, text } = listening();
      logger.info({ [field]: 'hunter2', a: { [field]: 'hunter2' }, b: { c: { [field]: 'hunter2' } } }, 'line');
      expect(text()).not.toContain('hunter2');
      expect(text()).toContain('[redacted]');
    },
  );

  it.each([
    ['an API key', 'af_0123456789abcdefXYZ'],
    ['a token', JWT],
    ['a bearer header', 'Bearer abcdefgh12345678'],
    ['a basic header', 'basic YWRhOmh1bnRlcjI='],
    ['a key of a provider', 'sk-proj-0123456789abcdefghij'],
  ])('hides the shape of %s in messages, errors and fields', (_what, secret) => {
    const { logger, text } = listening();
    logger.error({ err: new Error(`failed with ${secret}`), detail: `x ${secret}` }, `told ${secret}`);
    expect(text()).not.toContain(secret);
    expect(text()).not.toContain(secret.split(' ').at(-1));
  });

  it('hides the password of a connection string and keeps the rest', () => {
    expect(redactSecrets('postgres://ada:hunter2@db:5432/x and redis://:hunter2@r')).toBe(
      'postgres://ada:[redacted]@db:5432/x and redis://:[redacted]@r',
    );
  });

  it('leaves harmless text alone', () => {
    const text = 'https://example.org:8080/path?a=b user@example.org 12:30 af_short execution.not_found';
    expect(redactSecrets(text)).toBe(text);
  });

  it('stays one line of JSON after something was hidden in it', () => {
    const { logger, lines } = listening();
    logger.info({ url: 'postgres://a:b"c@h/', key: 'x' }, 'Bearer abcdefgh"quoted"\n');
    expect(lines()).toHaveLength(1);
  });
});

describe('Lines of Nest', () => {
  it('are debug when they chat and keep their level and stack when somebody has to act', () => {
    const { logger, lines } = listening();
    const nest = new NestLogger(logger);
    nest.log('Mapped {/health, GET} route', 'RouterExplorer');
    nest.warn('careful', 'Somewhere');
    nest.error(new TypeError('broken'), 'Somewhere');
    nest.error('broken too', 'Error: broken too\n    at somewhere.js:1:1', 'Somewhere');
    expect(lines()).toMatchObject([
      { level: 'debug', context: 'RouterExplorer' },
      { level: 'warn', msg: 'careful' },
      { level: 'error', err: { type: 'TypeError', message: 'broken' } },
      { level: 'error', msg: 'broken too', context: 'Somewhere', stack: expect.stringContaining('somewhere.js:1:1') },
    ]);
  });
});
