import { AppError } from './app-error.js';
import { invalid, limited, notFound } from './error-factories.js';
import { toJsonRpcError } from './json-rpc-error.js';
import { toProblem } from './problem-document.js';

const told = (error: unknown) => toJsonRpcError(toProblem(error, 'request-1'));

describe('A failure for clients of JSON-RPC', () => {
  it('has the number that the protocol gives to its sort, and ours beside it', () => {
    expect(told(new AppError('malformed', 'request.not_json', 'No.')).code).toBe(-32_700);
    expect(told(new AppError('malformed', 'request.invalid', 'No.')).code).toBe(-32_600);
    expect(told(invalid('a.b', 'No.', [])).code).toBe(-32_602);
    expect(told(new Error('hunter2')).code).toBe(-32_603);
    expect(told(notFound('agent'))).toMatchObject({ code: -32_000, data: { code: 'agent.not_found', status: 404 } });
  });

  it('says where, whether trying again helps, and under which id, and nothing of what is not ours', () => {
    const errors = [{ pointer: '/params/name', code: 'too_long', message: 'It is too long.' }];
    expect(told(invalid('a.b', 'No.', errors))).toEqual({
      code: -32_602,
      message: 'No.',
      data: { code: 'a.b', status: 422, requestId: 'request-1', retryable: false, errors },
    });
    expect(told(limited('a.b', 'Slowly.', 1)).data.retryable).toBe(true);
    expect(JSON.stringify(told(new Error('hunter2')))).not.toContain('hunter2');
  });
});
