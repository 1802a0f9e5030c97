import { graph, node } from '../testing/index.js';
import { output, problemsOf } from '../testing/validated-graph.js';

describe('a retry policy', () => {
  const withRetry = (retry: object) =>
    problemsOf(
      graph(
        [node('a', 'transform', { expression: '1' }, { retry: { maxAttempts: 2, ...retry } }), output],
        'start > a > out',
      ),
    );

  it('may say which errors are tried again', () => {
    expect(withRetry({ on: ['http.status', 'provider.', 'step'] })).toEqual([]);
  });

  it.each([
    [[]],
    [['']],
    [['Http']],
    [['a..b']],
    [['.a']],
    ['http'],
    [Array.from({ length: 21 }, () => 'a')],
    [['x'.repeat(101)]],
  ])('is refused with %j', (on) => {
    expect(withRetry({ on })[0]?.pointer).toMatch(/^\/nodes\/1\/retry\/on/);
  });
});
