import { jest } from '@jest/globals';
import type { Principal } from '#auth';
import { LocalBus } from '#platform/events';
import { CursorCodec } from '#platform/http';
import { McpSessions, SESSION_LIFETIME_MS } from './mcp-sessions.js';
import { SessionStates } from './session-states.js';

const ada: Principal = { kind: 'api-key', userId: 'u', credentialId: 'k', orgId: 'o', permissions: new Set() };

describe('A session', () => {
  const bus = new LocalBus();
  const process = (): McpSessions =>
    new McpSessions(new CursorCodec('a secret of the installation'), new SessionStates(bus));
  const [here, there] = [process(), process()];
  const notFound = expect.objectContaining({ code: 'mcp.session_not_found', kind: 'not_found' });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('is known to every process, with nothing kept', () => {
    expect(() => there.assertOpen(here.open(ada), ada)).not.toThrow();
  });

  it.each<[string, Partial<Principal>]>([
    ['another key', { credentialId: 'other' }],
    ['another organisation', { orgId: 'other' }],
    ['a person', { kind: 'user' }],
  ])('is not found by %s', (_who, change) => {
    expect(() => here.assertOpen(here.open(ada), { ...ada, ...change })).toThrow(notFound);
  });

  it.each(['', 'x', 'x.y', '☃.☃', `${'a'.repeat(1_000)}.${'b'.repeat(22)}`])('cannot be made up as "%s"', (session) => {
    expect(() => here.assertOpen(session, ada)).toThrow(notFound);
  });

  it('is as secret about its holder as a random number', () => {
    const text = Buffer.from(here.open({ ...ada, orgId: 'the-organisation', credentialId: 'the-key' }), 'base64url');
    expect(text.toString()).not.toMatch(/the-organisation|the-key/);
  });

  it('ends by itself after a day', () => {
    jest.useFakeTimers();
    const session = here.open(ada);
    jest.advanceTimersByTime(SESSION_LIFETIME_MS);
    expect(() => here.assertOpen(session, ada)).not.toThrow();
    jest.advanceTimersByTime(1);
    expect(() => here.assertOpen(session, ada)).toThrow(notFound);
  });

  it('is over in every process once its client has ended it', () => {
    const session = here.open(ada);
    new SessionStates(bus).end(session);
    expect(() => here.assertOpen(session, ada)).toThrow(notFound);
    expect(() => there.assertOpen(session, ada)).toThrow(notFound);
  });

  it('remembers in every process from which level on it wants log lines', () => {
    const [mine, theirs] = [new SessionStates(bus), new SessionStates(bus)];
    expect(theirs.level('s')).toBe('info');
    mine.setLevel('s', 'error');
    expect([mine.level('s'), theirs.level('s'), theirs.level('another')]).toEqual(['error', 'error', 'info']);
  });
});
