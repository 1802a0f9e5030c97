import { readMessages } from './read-messages.js';

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

describe('The body of a request', () => {
  it('is one message or several', () => {
    expect(readMessages(ping)).toEqual([{ id: 1, method: 'ping', params: {} }]);
    expect(readMessages([ping, { jsonrpc: '2.0', method: 'notifications/initialized' }])).toEqual([
      { id: 1, method: 'ping', params: {} },
      { method: 'notifications/initialized', params: {} },
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['no messages', []],
    ['more messages than anybody needs', Array.from({ length: 21 }, () => ping)],
    ['a text', 'ping'],
    ['a list in a list', [[ping]]],
    ['another version', { ...ping, jsonrpc: '1.0' }],
    ['an id that is an object', { ...ping, id: {} }],
    ['no id but null', { ...ping, id: null }],
    ['params that are a list', { ...ping, params: [1] }],
    ['an answer', { jsonrpc: '2.0', id: 1, result: {} }],
  ])('is refused when it is %s', (_told, body) => {
    expect(() => readMessages(body)).toThrow(expect.objectContaining({ kind: 'malformed', code: 'request.invalid' }));
  });

  it.each(['orgId', '__proto__', 'constructor'])('has no field %s', (field) => {
    const body = JSON.parse(`{"jsonrpc":"2.0","id":1,"method":"ping","${field}":{}}`) as unknown;
    expect(() => readMessages([body])).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: `/0/${field}`, code: 'unknown_field' })] }),
    );
  });
});
