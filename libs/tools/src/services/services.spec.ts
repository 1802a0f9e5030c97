import { Webhook } from 'standardwebhooks';
import { SECRET, type ServiceAnswer, ServiceServer } from '../testing/service-server.js';

let server: ServiceServer;

beforeAll(async () => {
  server = await ServiceServer.start();
});

afterAll(() => server.close());

beforeEach(() => server.reset());

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
const github = (name: string, args: Record<string, unknown>) => server.run(name, args, { kind: 'github' });
const slack = (name: string, args: Record<string, unknown>) => server.run(name, args, { kind: 'slack' });
const jira = (name: string, args: Record<string, unknown>) => server.run(name, args, { kind: 'jira' });
const gmail = (name: string, args: Record<string, unknown>) => server.run(name, args, { kind: 'gmail' });

describe('the tools of GitHub', () => {
  it('list issues page by page, without pull requests', async () => {
    server.reset({ 'GET /repos/octo/hello/issues': { body: [ISSUE, { ...ISSUE, number: 8, pull_request: {} }] } });
    expect(await github('github_list_issues', { ...place, labels: ['bug', 'login'], limit: 2, page: 3 })).toEqual({
      issues: [expect.objectContaining({ number: 7, author: 'ada', labels: ['bug'] })],
      hasMore: true,
    });
    const { searchParams } = new URL(server.seen[0]!.url, server.url);
    expect(Object.fromEntries(searchParams)).toEqual({ state: 'open', labels: 'bug,login', per_page: '2', page: '3' });
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  it('read an issue with its comments', async () => {
    const comment = { id: 1, body: 'Me too', user: { login: 'bob' }, html_url: 'u', created_at: 'c' };
    server.reset({
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
    server.reset({ [route]: { body: ISSUE } });
    expect(await github(name, { ...place, ...args })).toMatchObject({ number: 7 });
    expect(server.bodies).toEqual([body]);
  });

  it('comment, and read pull requests, files and searches', async () => {
    const pull = { ...ISSUE, draft: false, merged_at: null, head: { ref: 'fix' }, base: { ref: 'main' } };
    const file = { type: 'file', path: 'a.md', size: 5, content: Buffer.from('hello').toString('base64') };
    const patched = { filename: 'a', status: 'added', additions: 1, deletions: 0, patch: '+' };
    server.reset({
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
    expect(server.seen).toEqual([]);
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
    server.reset({ 'POST /repos/octo/hello/issues': answer });
    await expect(github('github_create_issue', { ...place, title: 'x' })).rejects.toMatchObject(failure);
  });
});

describe('the tools of Slack', () => {
  it('post into a thread', async () => {
    server.reset({ 'POST /chat.postMessage': { body: { ok: true, channel: 'C1', ts: '1.2' } } });
    const args = { channel: 'C1', text: 'Hello', threadTs: '1.1' };
    expect(await slack('slack_post_message', args)).toEqual({ channel: 'C1', ts: '1.2' });
    expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.body))).toEqual({
      channel: 'C1',
      text: 'Hello',
      thread_ts: '1.1',
    });
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  it('read channels, threads and people page by page', async () => {
    const more = { response_metadata: { next_cursor: 'next' } };
    const message = { ts: '1.1', user: 'U1', text: 'Hi', reply_count: 2 };
    server.reset({
      'POST /conversations.list': { body: { ok: true, channels: [{ id: 'C1', name: 'help' }], ...more } },
      'POST /conversations.history': { body: { ok: true, messages: [message], ...more } },
      'POST /conversations.replies': { body: { ok: true, messages: [message] } },
      'POST /users.list': {
        body: {
          ok: true,
          members: [
            { id: 'U1', name: 'ada' },
            { id: 'U2', deleted: true },
          ],
        },
      },
      'POST /chat.update': { body: { ok: true, channel: 'C1', ts: '1.1' } },
      'POST /reactions.add': { body: { ok: true } },
    });
    expect(await slack('slack_list_channels', {})).toMatchObject({ channels: [{ id: 'C1' }], nextCursor: 'next' });
    expect(await slack('slack_read_channel', { channel: 'C1', cursor: 'now' })).toMatchObject({
      messages: [{ from: 'U1', replies: 2 }],
      nextCursor: 'next',
    });
    expect(new URLSearchParams(server.seen[1]?.body).get('cursor')).toBe('now');
    expect(await slack('slack_read_thread', { channel: 'C1', ts: '1.1' })).toMatchObject({ nextCursor: null });
    expect(await slack('slack_list_users', {})).toMatchObject({ people: [{ id: 'U1', isBot: false }] });
    expect(await slack('slack_update_message', { channel: 'C1', ts: '1.1', text: 'x' })).toMatchObject({ ts: '1.1' });
    expect(await slack('slack_add_reaction', { channel: 'C1', ts: '1.1', name: 'eyes' })).toEqual({ added: 'eyes' });
  });

  it.each<[ServiceAnswer, object]>([
    [
      { body: { ok: false, error: 'invalid_auth' } },
      { code: 'tool.refused', message: expect.stringContaining('invalid_auth') },
    ],
    [
      { body: { ok: false, error: 'missing_scope', needed: 'chat:write' } },
      { code: 'tool.refused', message: expect.stringContaining('chat:write') },
    ],
    [{ body: { ok: false, error: 'channel_not_found' } }, { code: 'tool.not_found' }],
    [{ body: { ok: false, error: 'msg_too_long' } }, { code: 'tool.invalid', retryable: false }],
    [
      { status: 429, headers: { 'retry-after': '7' }, body: '' },
      { code: 'tool.rate_limited', retryable: true, retryAfterMs: 7_000 },
    ],
    [
      { status: 500, body: 'oops' },
      { code: 'tool.unavailable', retryable: true, outcomeUnknown: true },
    ],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, { code: 'tool.redirected' }],
  ])('say what %j means', async (answer, failure) => {
    server.reset({ 'POST /chat.postMessage': answer });
    await expect(slack('slack_post_message', { channel: 'C1', text: 'x' })).rejects.toMatchObject(failure);
    expect(server.seen).toHaveLength(1);
  });
});

describe('the tools of Jira', () => {
  const text = (said: string) => ({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: said }] }],
  });
  const issue = {
    id: '1',
    key: 'SUP-1',
    fields: { summary: 'Help', status: { name: 'Open' }, description: text('Please') },
  };

  it('search, read, create, change, comment and move', async () => {
    server.reset({
      'POST /rest/api/3/search/jql': { body: { issues: [issue], nextPageToken: 'more' } },
      'GET /rest/api/3/issue/SUP-1': {
        body: { ...issue, fields: { ...issue.fields, comment: { comments: [{ id: '9', body: text('Soon') }] } } },
      },
      'POST /rest/api/3/issue': { status: 201, body: { id: '2', key: 'SUP-2' } },
      'PUT /rest/api/3/issue/SUP-1': { status: 204 },
      'POST /rest/api/3/issue/SUP-1/comment': { status: 201, body: { id: '10' } },
      'GET /rest/api/3/issue/SUP-1/transitions': {
        body: { transitions: [{ id: '5', name: 'Finish', to: { name: 'Done' } }] },
      },
      'POST /rest/api/3/issue/SUP-1/transitions': { status: 204 },
      'GET /rest/api/3/project/search': { body: { values: [{ key: 'SUP', name: 'Support' }], isLast: true } },
    });
    const key = 'SUP-1';
    expect(await jira('jira_search', { jql: 'project = SUP', cursor: 'at' })).toMatchObject({
      issues: [{ key, summary: 'Help', status: 'Open' }],
      nextCursor: 'more',
    });
    expect(server.bodies[0]).toMatchObject({ jql: 'project = SUP', maxResults: 20, nextPageToken: 'at' });
    expect(await jira('jira_get_issue', { key })).toMatchObject({
      description: 'Please',
      comments: [{ body: 'Soon' }],
    });
    const made = { project: 'SUP', summary: 'New', description: 'One\n\nTwo' };
    expect(await jira('jira_create_issue', made)).toEqual({ id: '2', key: 'SUP-2' });
    expect(server.bodies[2]).toMatchObject({
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Task' }, description: { content: [{}, {}] } },
    });
    expect(await jira('jira_update_issue', { key, labels: ['x'] })).toEqual({ key, changed: ['labels'] });
    expect(await jira('jira_comment_issue', { key, body: 'Hi' })).toEqual({ key, commentId: '10' });
    expect(await jira('jira_list_transitions', { key })).toEqual({
      transitions: [{ id: '5', name: 'Finish', to: 'Done' }],
    });
    expect(await jira('jira_transition_issue', { key, transition: '5' })).toEqual({ key, transition: '5' });
    expect(await jira('jira_list_projects', {})).toEqual({
      projects: [{ key: 'SUP', name: 'Support' }],
      hasMore: false,
    });
  });

  it.each<[ServiceAnswer, object]>([
    [
      { status: 400, body: { errorMessages: [], errors: { project: 'is required' } } },
      { code: 'tool.invalid', message: expect.stringContaining('project: is required') },
    ],
    [{ status: 401, body: 'Basic authentication failed' }, { code: 'tool.refused' }],
    [
      { status: 429, headers: { 'retry-after': '3' }, body: {} },
      { code: 'tool.rate_limited', retryAfterMs: 3_000 },
    ],
    [
      { status: 503, body: '' },
      { code: 'tool.unavailable', outcomeUnknown: true },
    ],
    [
      { status: 201, body: '<html>sign in</html>' },
      { code: 'tool.unreadable', outcomeUnknown: true },
    ],
    [{ status: 302, headers: { location: 'https://evil.example/' } }, { code: 'tool.invalid' }],
  ])('say what %j means', async (answer, failure) => {
    server.reset({ 'POST /rest/api/3/issue': answer });
    await expect(jira('jira_create_issue', { project: 'SUP', summary: 'x' })).rejects.toMatchObject(failure);
  });

  it('keep a key in its place', async () => {
    await expect(jira('jira_get_issue', { key: '../../user' })).rejects.toMatchObject({ code: 'tool.not_found' });
    expect(server.seen[0]?.url).toMatch(/^\/rest\/api\/3\/issue\/\.\.%2F\.\.%2Fuser\?/);
    await expect(jira('jira_get_issue', { key: '..' })).rejects.toMatchObject({ code: 'tool.invalid' });
  });
});

describe('the tools of Gmail', () => {
  const encoded = (said: string): string => Buffer.from(said).toString('base64url');
  const message = (payload: object) => ({ id: 'm1', threadId: 't1', snippet: 'Hi', labelIds: ['INBOX'], payload });
  const headers = [
    { name: 'From', value: 'Ada <ada@example.org>' },
    { name: 'Subject', value: 'Lunch' },
    { name: 'Message-ID', value: '<1@x>' },
  ];

  it('search and read mail, with its plain text or the words of its HTML', async () => {
    server.reset({
      'GET /gmail/v1/users/me/messages': { body: { messages: [{ id: 'm1' }], nextPageToken: 'next' } },
      'GET /gmail/v1/users/me/messages/m1': {
        body: message({
          headers,
          parts: [
            { mimeType: 'text/html', body: { data: encoded('<style>p{}</style><p>See <b>you</b><script>x') } },
            { mimeType: 'application/pdf', filename: 'menu.pdf', body: { size: 9 } },
          ],
        }),
      },
      'GET /gmail/v1/users/me/labels': { body: { labels: [{ id: 'INBOX', name: 'INBOX' }] } },
      'POST /gmail/v1/users/me/messages/m1/modify': { body: { labelIds: [] } },
    });
    expect(await gmail('gmail_search', { query: 'is:unread' })).toMatchObject({
      messages: [{ id: 'm1', from: 'Ada <ada@example.org>', subject: 'Lunch' }],
      nextCursor: 'next',
    });
    expect(await gmail('gmail_get_message', { id: 'm1' })).toMatchObject({
      text: 'See you',
      attachments: [{ filename: 'menu.pdf', size: 9 }],
    });
    expect(await gmail('gmail_list_labels', {})).toEqual({ labels: [{ id: 'INBOX', name: 'INBOX' }] });
    expect(await gmail('gmail_label_message', { id: 'm1', remove: ['UNREAD'] })).toEqual({ id: 'm1', labels: [] });
  });

  it('send, answer in the thread, and write drafts', async () => {
    const sent: string[] = [];
    const keep = ({ body }: { body: string }): ServiceAnswer => {
      const { raw, message: draft } = JSON.parse(body) as { raw?: string; message?: { raw: string } };
      sent.push(Buffer.from(raw ?? draft?.raw ?? '', 'base64url').toString());
      return { body: { id: 's1', threadId: 't1' } };
    };
    server.reset({
      'POST /gmail/v1/users/me/messages/send': keep,
      'POST /gmail/v1/users/me/drafts': keep,
      'GET /gmail/v1/users/me/messages/m1': { body: message({ headers }) },
    });
    await gmail('gmail_send', { to: ['a@x.org', 'b@x.org'], subject: 'Grüße', body: 'Hällo' });
    await gmail('gmail_reply', { id: 'm1', body: 'Yes' });
    await gmail('gmail_create_draft', { to: ['a@x.org'], subject: 'Later', body: 'x' });
    expect(sent[0]).toMatch(/^To: a@x\.org, b@x\.org\r\nSubject: =\?UTF-8\?B\?R3LDvMOfZQ==\?=\r\n/);
    expect(Buffer.from(sent[0]!.split('\r\n\r\n')[1]!, 'base64').toString()).toBe('Hällo');
    expect(sent[1]).toMatch(
      /To: Ada <ada@example\.org>\r\nSubject: Re: Lunch\r\nIn-Reply-To: <1@x>\r\nReferences: <1@x>/,
    );
    expect(sent).toHaveLength(3);
  });

  it('let nobody slip in a header', async () => {
    await expect(
      gmail('gmail_send', { to: ['a@x.org\r\nBcc: evil@x.org'], subject: 'x', body: 'x' }),
    ).rejects.toMatchObject({ code: 'tool.invalid' });
    expect(server.seen).toEqual([]);
  });

  it.each<[ServiceAnswer, object]>([
    [{ status: 403, body: { error: { message: 'Insufficient Permission' } } }, { code: 'tool.refused' }],
    [
      { status: 400, body: { error: { message: 'Invalid to header' } } },
      { code: 'tool.invalid', message: expect.stringContaining('Invalid to header') },
    ],
    [{ status: 429, body: {} }, { code: 'tool.rate_limited' }],
  ])('say what %j means', async (answer, failure) => {
    server.reset({ 'POST /gmail/v1/users/me/messages/send': answer });
    await expect(gmail('gmail_send', { to: ['a@x.org'], subject: 'x', body: 'x' })).rejects.toMatchObject(failure);
  });
});

describe('web_search', () => {
  const result = { title: 'One', url: 'https://one.example/', snippet: 'first', publishedAt: null };

  it.each<[string, string, unknown, (seen: { url: string; body: string }) => unknown]>([
    [
      'brave-search',
      'GET /res/v1/web/search',
      {
        web: {
          results: [{ title: 'One', url: 'https://one.example/', description: 'first' }, { url: 'javascript:x' }],
        },
      },
      ({ url }) => Object.fromEntries(new URL(url, server.url).searchParams),
    ],
    [
      'tavily',
      'POST /search',
      { results: [{ title: 'One', url: 'https://one.example/', content: 'first' }] },
      ({ body }) => JSON.parse(body) as unknown,
    ],
    [
      'searxng',
      'GET /search',
      { results: [{ title: 'One', url: 'https://one.example/', content: 'first' }] },
      ({ url }) => Object.fromEntries(new URL(url, server.url).searchParams),
    ],
  ])('asks %s', async (kind, route, body, asked) => {
    server.reset({ [route]: { body } });
    const args = { query: 'agents', limit: 3, freshness: 'week' };
    expect(await server.run('web_search', args, { kind })).toEqual({ results: [result] });
    expect(asked(server.seen[0]!)).toEqual(
      {
        'brave-search': { q: 'agents', count: '3', freshness: 'pw' },
        tavily: { query: 'agents', max_results: 3, time_range: 'week' },
        searxng: { q: 'agents', format: 'json', time_range: 'week' },
      }[kind],
    );
  });

  it.each(['null', '[]', '{"results":"none"}', '{"web":7}', '{"results":[null,7]}'])(
    'finds nothing in %s',
    async (body) => {
      server.reset({ 'GET /search': { body, headers: { 'content-type': 'application/json' } } });
      expect(await server.run('web_search', { query: 'x' }, { kind: 'searxng' })).toEqual({ results: [] });
    },
  );
});

describe('webhook', () => {
  const secret = `whsec_${Buffer.from(`${SECRET}-${SECRET}`).toString('base64')}`;
  const send = (url = `${server.url}/in`, opened = { secret }) =>
    server.run(
      'webhook',
      { url, type: 'order.shipped', data: { id: 1 } },
      { kind: 'standard-webhooks', fields: {}, opened },
    );

  it('signs by the specification, with the same id at every attempt', async () => {
    server.reset({ 'POST /in': { status: 204 } });
    const first = (await send()) as { id: string };
    expect(await send()).toEqual(first);
    for (const { headers, body } of server.seen) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'order.shipped',
        data: { id: 1 },
      });
    }
    const flipped = server.seen[0]!.body.replace('shipped', 'Shipped');
    expect(() => new Webhook(secret).verify(flipped, server.seen[0]!.headers as Record<string, string>)).toThrow();
  });

  it('signs nothing for a host that the credential does not allow', async () => {
    await expect(send('http://127.0.0.1:9/in')).rejects.toMatchObject({ code: 'credential.host_not_allowed' });
    expect(server.seen).toEqual([]);
  });

  it('says that a secret is none, and what a receiver says', async () => {
    await expect(send(undefined, { secret: 'no base64 %%%' })).rejects.toMatchObject({ code: 'tool.invalid_secret' });
    server.reset({ 'POST /in': { status: 500 } });
    await expect(send()).rejects.toMatchObject({ code: 'tool.unavailable', outcomeUnknown: true });
  });
});

describe('the secret of a credential', () => {
  const echo = ({ headers }: { headers: object }): ServiceAnswer => ({
    status: 401,
    body: { message: JSON.stringify(headers) },
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['github_search_issues', { query: 'x' }, 'github', 'GET /search/issues'],
    ['slack_list_users', {}, 'slack', 'POST /users.list'],
    ['jira_list_projects', {}, 'jira', 'GET /rest/api/3/project/search'],
    ['gmail_list_labels', {}, 'gmail', 'GET /gmail/v1/users/me/labels'],
    ['web_search', { query: 'x' }, 'tavily', 'POST /search'],
  ])('comes up in no error of %s, also when the service repeats it', async (name, args, kind, route) => {
    server.reset({ [route]: echo });
    const error: unknown = await server.run(name, args, { kind }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const everything = [error, (error as Error).cause, (error as Error).message].map((each) =>
      JSON.stringify(each, Object.getOwnPropertyNames(each ?? {})),
    );
    expect(everything.join(' ')).not.toContain(SECRET);
    expect(server.seen[0]?.headers.authorization).toContain(SECRET);
  });

  it('goes only where the credential allows, whatever the tool is told', async () => {
    const elsewhere = { kind: 'jira', fields: { baseUrl: 'http://127.0.0.1:9' } };
    await expect(server.run('jira_list_projects', {}, elsewhere)).rejects.toMatchObject({
      code: 'credential.host_not_allowed',
    });
    const github = { kind: 'github', fields: { baseUrl: 'http://127.0.0.1:9' } };
    await expect(server.run('github_search_issues', { query: 'x' }, github)).rejects.toMatchObject({
      code: 'credential.host_not_allowed',
    });
  });
});

describe('calls in the log', () => {
  it('name tool and outcome', async () => {
    server.told.length = 0;
    server.reset({ 'POST /users.list': { body: { ok: true, members: [] } } });
    await slack('slack_list_users', {});
    await slack('slack_post_message', { channel: 'C', text: 'x' }).catch(() => undefined);
    expect(server.told).toEqual([
      { tool: 'slack_list_users', outcome: 'succeeded', ms: expect.any(Number) },
      { tool: 'slack_post_message', outcome: 'tool.not_found', ms: expect.any(Number) },
    ]);
  });
});
