import { openService } from '../../testing/open-service.js';
import type { ServiceAnswer } from '../../testing/service-server.js';

const service = openService();
const jira = (name: string, args: Record<string, unknown>) => service.server.run(name, args, { kind: 'jira' });

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
    service.server.reset({
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
    expect(service.server.bodies[0]).toMatchObject({ jql: 'project = SUP', maxResults: 20, nextPageToken: 'at' });
    expect(await jira('jira_get_issue', { key })).toMatchObject({
      description: 'Please',
      comments: [{ body: 'Soon' }],
    });
    const made = { project: 'SUP', summary: 'New', description: 'One\n\nTwo' };
    expect(await jira('jira_create_issue', made)).toEqual({ id: '2', key: 'SUP-2' });
    expect(service.server.bodies[2]).toMatchObject({
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
    service.server.reset({ 'POST /rest/api/3/issue': answer });
    await expect(jira('jira_create_issue', { project: 'SUP', summary: 'x' })).rejects.toMatchObject(failure);
  });

  it('keep a key in its place', async () => {
    await expect(jira('jira_get_issue', { key: '../../user' })).rejects.toMatchObject({ code: 'tool.not_found' });
    expect(service.server.seen[0]?.url).toMatch(/^\/rest\/api\/3\/issue\/\.\.%2F\.\.%2Fuser\?/);
    await expect(jira('jira_get_issue', { key: '..' })).rejects.toMatchObject({ code: 'tool.invalid' });
  });
});
