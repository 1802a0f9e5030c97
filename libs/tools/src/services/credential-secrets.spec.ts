import { openService } from '../testing/open-service.js';
import { SECRET, type ServiceAnswer } from '../testing/service-server.js';

const service = openService();

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
    service.server.reset({ [route]: echo });
    const error: unknown = await service.server.run(name, args, { kind }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const everything = [error, (error as Error).cause, (error as Error).message].map((each) =>
      JSON.stringify(each, Object.getOwnPropertyNames(each ?? {})),
    );
    expect(everything.join(' ')).not.toContain(SECRET);
    expect(service.server.seen[0]?.headers.authorization).toContain(SECRET);
  });

  it('goes only where the credential allows, whatever the tool is told', async () => {
    const elsewhere = { kind: 'jira', fields: { baseUrl: 'http://127.0.0.1:9' } };
    await expect(service.server.run('jira_list_projects', {}, elsewhere)).rejects.toMatchObject({
      code: 'credential.host_not_allowed',
    });
    const github = { kind: 'github', fields: { baseUrl: 'http://127.0.0.1:9' } };
    await expect(service.server.run('github_search_issues', { query: 'x' }, github)).rejects.toMatchObject({
      code: 'credential.host_not_allowed',
    });
  });
});
