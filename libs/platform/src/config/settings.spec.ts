import { loadSettings, type Role, type Settings } from './settings.js';
import { SettingsError } from './settings-error.js';

const STRONG = 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA';

function load(environment: Record<string, string> = {}, role: Role = 'all'): Settings {
  return loadSettings(environment, role);
}

/** What people are told, one line per thing to mend. */
function complaints(environment: Record<string, string>): readonly string[] {
  try {
    load(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).lines;
  }
  return [];
}

describe('Settings', () => {
  it('are complete without a single variable', () => {
    const settings = load();
    expect(settings).toMatchObject({
      role: 'all',
      production: false,
      http: {
        host: '127.0.0.1',
        port: 3000,
        portChosen: false,
        publicUrl: null,
        apiDocs: true,
        bodyLimitBytes: 1_048_576,
      },
      database: { url: null, poolSize: 10 },
      redisUrl: null,
      auth: { jwtSecret: null },
      models: { openai: null, anthropic: null, google: null, ollama: null },
      executions: {
        workerConcurrency: 50,
        orgConcurrentRuns: 200,
        retentionDays: 90,
        leaseMs: 10_000,
        drainMs: 15_000,
      },
    });
    expect(settings.dataDirectory.startsWith('/')).toBe(true);
  });

  it('take an empty variable for one that is not set', () => {
    expect(load({ PORT: '', DATABASE_URL: '', JWT_SECRET: '' })).toEqual(load());
  });

  it('name everything that is wrong at once, whatever kind of wrong it is', () => {
    const lines = complaints({
      NODE_ENV: 'production',
      PORT: 'abc',
      DATABASE_URL: 'mysql://localhost/x',
      REDIS_URL: 'localhost:6379',
      LEASE_MS: '10',
      LOG_LEVEL: 'loud',
      API_DOCS: 'yes',
      JWT_SECRET: 'short',
      AGENTFLOW_INIT_EMAIL: 'ada@example.org',
      EGRESS_ALLOW_CIDRS: '10.0.0.0/8, everything',
      TRUSTED_PROXIES: 'loopback, proxy',
      CORS_ORIGINS: 'https://app.example.org, app.example.org/path',
    });
    for (const name of [
      ...['PORT', 'DATABASE_URL', 'REDIS_URL', 'LEASE_MS', 'LOG_LEVEL', 'API_DOCS', 'JWT_SECRET', 'ENCRYPTION_KEY'],
      ...['AGENTFLOW_INIT_ORG', 'EGRESS_ALLOW_CIDRS', 'TRUSTED_PROXIES', 'CORS_ORIGINS'],
    ]) {
      expect(lines.filter((line) => line.startsWith(name))).toHaveLength(1);
    }
    expect(lines).toHaveLength(12);
  });

  it.each([
    ['PORT', '70000', 'PORT must be at most 65535.'],
    ['PORT', '1.5', 'PORT must be a whole number.'],
    ['LEASE_MS', '10', 'LEASE_MS must be at least 1000.'],
    ['REDIS_URL', 'localhost', 'REDIS_URL must be a URL that starts with redis:// or rediss://.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be fatal, error, warn, info, debug or trace.'],
    ['API_DOCS', '1', 'API_DOCS must be true or false.'],
    [
      'AGENTFLOW_INIT_API_KEY',
      'key',
      'AGENTFLOW_INIT_API_KEY must start with af_ and go on with 16 to 120 letters, digits, _ or -.',
    ],
  ])('say how to mend %s=%s', (name, value, expected) => {
    expect(complaints({ [name]: value })).toContain(expected);
  });

  it('never repeat a secret that they refuse', () => {
    const lines = complaints({
      JWT_SECRET: 'hunter2-hunter2',
      METRICS_TOKEN: 'hunter2',
      DATABASE_URL: 'http://ada:hunter2@db/x',
    });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toContain('hunter2');
  });

  it.each([
    ['too short', 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6Gj'],
    ['familiar', `change-me-${STRONG}`],
    ['familiar too', `secret${STRONG}`],
    ['of few characters', 'abababababababababababababababababab'],
  ])('refuse a secret that is %s, and tell how to make one', (_what, value) => {
    const [line, ...more] = complaints({ ENCRYPTION_KEY: value });
    expect(more).toEqual([]);
    expect(line).toMatch(/^ENCRYPTION_KEY is too short or too easy to guess.*Make one with: node -e/);
  });

  it('in production ask for both secrets', () => {
    const lines = complaints({ NODE_ENV: 'production' });
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['JWT_SECRET', 'ENCRYPTION_KEY']);
    expect(load({ NODE_ENV: 'production', JWT_SECRET: STRONG, ENCRYPTION_KEY: STRONG })).toMatchObject({
      production: true,
      http: { apiDocs: false },
    });
  });

  it('of a first run belong together: all three or none, and a key needs them', () => {
    const trio = {
      AGENTFLOW_INIT_ORG: 'Acme',
      AGENTFLOW_INIT_EMAIL: 'ada@example.org',
      AGENTFLOW_INIT_PASSWORD: 'correct horse',
    };
    expect(load(trio).firstRun).toEqual({
      org: 'Acme',
      email: 'ada@example.org',
      password: 'correct horse',
      apiKey: null,
      plan: 'enterprise',
    });
    for (const left of Object.keys(trio)) {
      const [line] = complaints(Object.fromEntries(Object.entries(trio).filter(([name]) => name !== left)));
      expect(line).toContain('set all three or none');
    }
    expect(complaints({ AGENTFLOW_INIT_API_KEY: 'af_0123456789abcdef' })[0]).toContain(
      'AGENTFLOW_INIT_API_KEY needs an organisation',
    );
  });

  it('refuse tracing that would send prompts out beside the egress door', () => {
    expect(complaints({ LANGSMITH_TRACING: 'true' })).toEqual([expect.stringMatching(/^LANGSMITH_TRACING is set: /)]);
    expect(complaints({ LANGCHAIN_TRACING_V2: 'false' })).toEqual([]);
  });

  it('split lists and forget empty parts', () => {
    const settings = load({
      CORS_ORIGINS: ' https://a.example , ,https://b.example,',
      TRUSTED_PROXIES: 'loopback,10.0.0.0/8,::1',
      EGRESS_ALLOW_CIDRS: '10.0.0.1',
    });
    expect(settings.http.corsOrigins).toEqual(['https://a.example', 'https://b.example']);
    expect(settings.http.trustedProxies).toEqual(['loopback', '10.0.0.0/8', '::1']);
  });

  it('trust the origin of the operator’s own model service, and need no key for it', () => {
    const settings = load({ OPENAI_BASE_URL: 'http://10.0.0.7:8000/v1' });
    expect(settings.egress.trustedOrigins).toEqual(['http://10.0.0.7:8000']);
    expect(settings.models.openai).toEqual({ apiKey: 'none', baseUrl: 'http://10.0.0.7:8000/v1' });
  });

  it('know a provider by its key or address, and trust the origin of the operator’s own Ollama', () => {
    const settings = load({ ANTHROPIC_API_KEY: 'a', GOOGLE_API_KEY: 'g', OLLAMA_BASE_URL: 'http://127.0.0.1:11434' });
    expect(settings.models).toMatchObject({
      openai: null,
      anthropic: { apiKey: 'a' },
      google: { apiKey: 'g' },
      ollama: { baseUrl: 'http://127.0.0.1:11434' },
    });
    expect(settings.egress.trustedOrigins).toEqual(['http://127.0.0.1:11434']);
  });
});
