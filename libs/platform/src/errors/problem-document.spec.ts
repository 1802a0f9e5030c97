import { AppError, type ErrorKind } from './app-error.js';
import { invalid, limited, notFound, unavailable } from './error-factories.js';
import { toProblem } from './problem-document.js';

describe('A problem document', () => {
  it.each<[ErrorKind, number]>([
    ['malformed', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['precondition_failed', 412],
    ['too_large', 413],
    ['unsupported_media_type', 415],
    ['invalid', 422],
    ['limited', 429],
    ['internal', 500],
    ['unavailable', 503],
  ])('of kind %s has status %i', (kind, status) => {
    expect(toProblem(new AppError(kind, 'some.code', 'Some words.'), 'request')).toMatchObject({
      status,
      code: 'some.code',
      type: 'urn:agentflow:problem:some.code',
    });
  });

  it('says nothing of what is not ours but the request id', () => {
    for (const thrown of [new Error('hunter2'), 'hunter2', null, undefined, { message: 'hunter2' }]) {
      const problem = toProblem(thrown, 'request-7');
      expect(problem).toMatchObject({ status: 500, code: 'internal', requestId: 'request-7', retryable: false });
      expect(JSON.stringify(problem)).not.toContain('hunter2');
    }
  });

  it('calls limits and absence retryable, and everything else not, unless its maker knows better', () => {
    expect([limited('a', 'b', 1).retryable, unavailable('a', 'b').retryable, notFound('agent').retryable]).toEqual([
      true,
      true,
      false,
    ]);
    expect(unavailable('a', 'b', { retryable: false }).retryable).toBe(false);
  });

  it('uses the same words for what never was and what is another organisation’s', () => {
    expect(notFound('agent_version')).toMatchObject({
      code: 'agent_version.not_found',
      message: 'There is no such agent version.',
    });
  });

  it('names the fields that are wrong, and has no such list otherwise', () => {
    const errors = [{ pointer: '/input/a', code: 'type', message: 'must be text' }];
    expect(toProblem(invalid('x.invalid', 'No.', errors), 'r').errors).toEqual(errors);
    expect('errors' in toProblem(notFound('agent'), 'r')).toBe(false);
  });
});
