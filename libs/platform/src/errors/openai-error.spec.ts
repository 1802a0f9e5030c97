import { invalid, limited } from './error-factories.js';
import { AppError } from './app-error.js';
import { toOpenAiError } from './openai-error.js';
import { toProblem } from './problem-document.js';

const told = (error: unknown) => toOpenAiError(toProblem(error, 'request-1')).error;

describe('A failure for clients of OpenAI’s API', () => {
  it('says what, of which sort, where, and under which id', () => {
    const errors = [{ pointer: '/messages/0/content', code: 'too_long', message: 'It is too long.' }];
    expect(told(invalid('chat.wrong', 'No.', errors))).toEqual({
      message: 'No. It is too long.',
      type: 'invalid_request_error',
      param: 'messages[0].content',
      code: 'chat.wrong',
      request_id: 'request-1',
    });
  });

  it('names the sort that the official client expects for its status', () => {
    expect(told(limited('a.b', 'Slowly.', 1)).type).toBe('rate_limit_error');
    expect(told(new AppError('unauthenticated', 'a.b', 'Who?')).type).toBe('authentication_error');
    expect(told(new Error('secret')).type).toBe('api_error');
    expect(told(new Error('secret')).message).not.toContain('secret');
  });

  it('has the code of the field where the request has none of its own', () => {
    const errors = [{ pointer: '/x', code: 'unknown_field', message: 'x is no field.' }];
    expect(told(new AppError('malformed', 'request.invalid', 'No.', { errors })).code).toBe('request.unknown_field');
  });
});
