import { openService } from '../../testing/open-service.js';
import { SECRET, type ServiceAnswer } from '../../testing/service-server.js';

const service = openService();
const github = (name: string, args: Record<string, unknown>) => service.server.run(name, args, { kind: 'github' });

const ISSUE = {
  number: 7,
  title: 'Login fails',
  state: 'open',
  html_url: 'https://github.test/7',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-02T00:00:00Z',
  user: { login: 'ada' },
  labels: [{ name: 'bug' }],
  assignees: [],
  body: 'It does.',
};
const place = { owner: 'octo', repo: 'hello' };

describe('the tools of GitHub', () => {
  it('list issues page by page, without pull requests', async () => {
    service.server.reset({
      'GET /repos/octo/hello/issues': { body: [ISSUE, { ...ISSUE, number: 8, pull_request: {} }] },
    });
    expect(await github('github_list_issues', { ...place, labels: ['bug', 'login'], limit: 2, page: 3 })).toEqual({
      issues: [expect.objectContaining({ number: 7, author: 'ada', labels: ['bug'] })],
      hasMore: true,
    });
    const { searchParams } = new URL(service.server.seen[0]!.url, service.server.url);
    expect(Object.fromEntries(searchParams)).toEqual({ state: 'open', labels: 'bug,login', per_page: '2', page: '3' });
    expect(service.server.seen[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  it('read an issue with its comments', async () => {
    const comment = { id: 1, body: 'Me too', user: { login: 'bob' }, html_url: 'u', created_at: 'c' };
    service.server.reset({
      'GET /repos/octo/hello/issues/7': { body: ISSUE },
      'GET /repos/octo/hello/issues/7/comments': { body: [comment] },
    });
    expect(await github('github_get_issue', { ...place, number: 7 })).toMatchObject({
      title: 'Login fails',
      body: 'It does.',
      comments: [{ author: 'bob', body: 'Me too' }],
    });
  });

  it.each([
    [
      'github_create_issue',
      { title: 'New', labels: ['bug'] },
      'POST /repos/octo/hello/issues',
      { title: 'New', labels: ['bug'] },
    ],
    ['github_update_issue', { number: 7, state: 'closed' }, 'PATCH /repos/octo/hello/issues/7', { state: 'closed' }],
  ])('%s sends what was asked', async (name, args, route, body) => {
    service.server.reset({ [route]: { body: ISSUE } });
    expect(await github(name, { ...place, ...args })).toMatchObject({ number: 7 });
    expect(service.server.bodies).toEqual([body]);
  });

  it('comment, and read pull requests, files and searches', async () => {
    const pull = { ...ISSUE, draft: false, merged_at: null, head: { ref: 'fix' }, base: { ref: 'main' } };
    const file = { type: 'file', path: 'a.md', size: 5, content: Buffer.from('hello').toString('base64') };
    const patched = { filename: 'a', status: 'added', additions: 1, deletions: 0, patch: '+' };
    service.server.reset({
      'POST /repos/octo/hello/issues/7/comments': {
        status: 201,
        body: { id: 2, body: 'Hi', html_url: 'u', created_at: 'c' },
      },
      'GET /repos/octo/hello/pulls': { body: [pull] },
      'GET /repos/octo/hello/pulls/7': { body: pull },
      'GET /repos/octo/hello/pulls/7/files': { body: [patched] },
      'GET /repos/octo/hello/contents/a.md': { body: file },
      'GET /repos/octo/hello/contents': { body: [{ name: 'a.md', path: 'a.md', type: 'file', size: 5 }] },
      'GET /search/issues': { body: { total_count: 1, items: [ISSUE] } },
    });
    expect(await github('github_comment_issue', { ...place, number: 7, body: 'Hi' })).toMatchObject({ id: 2 });
    expect(await github('github_list_pull_requests', place)).toMatchObject({ pullRequests: [{ from: 'fix' }] });
    expect(await github('github_get_pull_request', { ...place, number: 7 })).toMatchObject({ files: [{ patch: '+' }] });
    expect(await github('github_get_file', { ...place, path: 'a.md' })).toMatchObject({ content: 'hello' });
    expect(await github('github_get_file', { ...place, path: '' })).toMatchObject({ entries: [{ name: 'a.md' }] });
    expect(await github('github_search_issues', { query: 'login' })).toMatchObject({ total: 1 });
  });

  it.each([
    { owner: '..', repo: 'x' },
    { owner: 'a/b', repo: 'x' },
    { owner: 'a', repo: 'x', path: 'a/../../secrets' },
  ])('ask for nothing outside its place: %j', async (args) => {
    await expect(github('github_get_file', { path: 'a', ...args })).rejects.toMatchObject({ code: 'tool.invalid' });
    expect(service.server.seen).toEqual([]);
  });

  it.each<[ServiceAnswer, object]>([
    [
      { status: 401, body: { message: 'Bad credentials' } },
      { code: 'tool.refused', retryable: false },
    ],
    [
      { status: 403, body: { message: 'Resource not accessible' } },
      { code: 'tool.refused', retryable: false },
    ],
    [
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' }, body: {} },
      { code: 'tool.rate_limited', retryable: true, retryAfterMs: 3_600_000 },
    ],
    [
      { status: 403, headers: { 'retry-after': '30' }, body: { message: 'You have exceeded a secondary rate limit' } },
      { code: 'tool.rate_limited', retryable: true, retryAfterMs: 30_000 },
    ],
    [
      { status: 404, body: { message: 'Not Found' } },
      { code: 'tool.not_found', retryable: false },
    ],
    [
      { status: 422, body: { message: 'Validation Failed', errors: [{ field: 'title', code: 'missing_field' }] } },
      { code: 'tool.invalid', message: expect.stringContaining('title missing_field') },
    ],
    [
      { status: 502, body: '<html>' },
      { code: 'tool.unavailable', retryable: true, outcomeUnknown: true },
    ],
    [{ status: 301, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, { code: 'tool.redirected' }],
  ])('say what %j means', async (answer, failure) => {
    service.server.reset({ 'POST /repos/octo/hello/issues': answer });
    await expect(github('github_create_issue', { ...place, title: 'x' })).rejects.toMatchObject(failure);
  });
});
