import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { type EndedRun, resultOfRun } from './tool-result.js';

const run = (change: Partial<EndedRun>): EndedRun => ({
  id: 'run-1',
  status: 'succeeded',
  output: null,
  error: null,
  large: null,
  ...change,
});

const told = (change: Partial<EndedRun>) => {
  const result = resultOfRun(run(change));
  expect(CallToolResultSchema.safeParse(result).success).toBe(true);
  return result;
};

describe('A run that has ended', () => {
  it.each([
    ['a text', 'Hello', 'Hello', undefined],
    ['an object', { a: 1 }, '{"a":1}', { a: 1 }],
    ['a list', [1, 2], '[1,2]', undefined],
    ['a number', 0, '0', undefined],
    ['nothing', null, 'null', undefined],
  ])(
    'with %s as its output is told as text, and an object as structured content too',
    (_what, output, text, structured) => {
      expect(told({ output })).toEqual({
        content: [{ type: 'text', text }],
        ...(structured && { structuredContent: structured }),
        _meta: { 'agentflow/executionId': 'run-1' },
      });
    },
  );

  it('with blocks of the protocol as its output is told as those', () => {
    const content = [
      { type: 'text', text: 'A picture:' },
      { type: 'image', data: 'aGVsbG8=', mimeType: 'image/png' },
    ];
    expect(told({ output: { content } })).toMatchObject({ content });
    expect(told({ output: { content } }).structuredContent).toBeUndefined();
  });

  it.each([
    ['of an unknown kind', { content: [{ type: 'video' }] }],
    ['with something beside them', { content: [{ type: 'text', text: 'x' }], more: 1 }],
    ['that are none', { content: [] }],
    ['in a list that is too long', { content: Array.from({ length: 101 }, () => ({ type: 'text', text: 'x' })) }],
  ])('with blocks %s is told as JSON', (_what, output) => {
    expect(told({ output }).structuredContent).toEqual(output);
  });

  it('with more than can be sent says where it is and how it begins', () => {
    const { content } = told({ large: { output: { hash: 'abc', bytes: 2_000_000, preview: '{"a":' } } });
    expect(content).toEqual([
      { type: 'text', text: expect.stringMatching(/2000000 bytes.*run-1\/payloads\/abc.*\{"a":/) },
    ]);
  });

  it('badly is an error with code, message and id', () => {
    const error = { code: 'http.unauthorized', message: 'The key is wrong.' };
    expect(told({ status: 'failed', error })).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: 'The key is wrong. (http.unauthorized, run run-1)' }],
    });
    expect(told({ status: 'cancelled' })).toMatchObject({
      isError: true,
      content: [{ text: 'The run ended as cancelled. (run.cancelled, run run-1)' }],
    });
  });
});
