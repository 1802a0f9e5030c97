import type { Tool, ToolArguments } from '../../tool.js';
import type { ToolEgress } from '../../tool-egress.js';
import { path, RestService } from '../rest-service.js';
import { cursor, limit, type ServiceCall, serviceTools, text, texts } from '../service-tool.js';
import { documentOf, textOf } from './jira-document.js';
import { commentOf, type IssueAnswer, issueOf, saidIn } from './jira-views.js';

const key = text('Key of the issue, SUP-12.', 100);
const fields = {
  summary: text('Title.', 255),
  description: text('Text; an empty line begins a new paragraph.', 30_000),
  labels: texts('Labels to have.'),
  priority: text('Name of the priority, High.', 100),
  assigneeId: text('Account id of who is to do it.', 200),
};

interface Args extends ToolArguments {
  readonly key: string;
  readonly jql: string;
  readonly project: string;
  readonly type: string;
  readonly summary?: string;
  readonly description?: string;
  readonly labels?: readonly string[];
  readonly priority?: string;
  readonly assigneeId?: string;
  readonly body: string;
  readonly transition?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const SHOWN = ['summary', 'status', 'assignee', 'reporter', 'priority', 'labels', 'issuetype', 'created', 'updated'];

/** What agents do most with issues of Jira Cloud, over its REST API 3. */
export function jiraTools(egress: ToolEgress): readonly Tool[] {
  const ask = (call: ServiceCall, request: Parameters<RestService['ask']>[0]): Promise<unknown> =>
    new RestService(egress, call.credential, {
      name: 'Jira',
      baseUrl: call.credential.fields['baseUrl'] ?? '',
      saidIn,
    }).ask(request, call);
  return serviceTools({ kinds: ['jira'], required: true }, [
    {
      name: 'jira_search',
      description: 'Searches issues of Jira with JQL.',
      effect: 'read',
      properties: {
        jql: text('`project = SUP AND status != Done ORDER BY created DESC`, for example.', 4_000),
        limit: limit(),
        cursor: cursor(),
      },
      required: ['jql'],
      run: async (given, call) => {
        const { jql, limit: maxResults = 20, cursor: nextPageToken } = given as Args;
        const found = (await ask(call, {
          method: 'POST',
          path: '/rest/api/3/search/jql',
          body: { jql, maxResults, fields: SHOWN, ...(nextPageToken !== undefined && { nextPageToken }) },
          reads: true,
        })) as { issues?: IssueAnswer[]; nextPageToken?: string };
        return { issues: (found.issues ?? []).map(issueOf), nextCursor: found.nextPageToken ?? null };
      },
    },
    {
      name: 'jira_get_issue',
      description: 'Reads an issue of Jira with its text and latest comments.',
      effect: 'read',
      properties: { key },
      required: ['key'],
      run: async (given, call) => {
        const { key: issue } = given as Args;
        const found = (await ask(call, {
          path: path`/rest/api/3/issue/${issue}`,
          query: { fields: [...SHOWN, 'description', 'comment'].join(',') },
        })) as IssueAnswer;
        const { description, comment } = found.fields ?? {};
        return {
          ...issueOf(found),
          description: textOf(description),
          comments: (comment?.comments ?? []).slice(-30).map(commentOf),
        };
      },
    },
    {
      name: 'jira_create_issue',
      description: 'Opens an issue in a project of Jira.',
      effect: 'write',
      properties: { project: text('Key of the project, SUP.', 50), type: text('Task when absent.', 100), ...fields },
      required: ['project', 'summary'],
      run: async (given, call) => {
        const { project, type = 'Task' } = given as Args;
        const body = { fields: { project: { key: project }, issuetype: { name: type }, ...fieldsOf(given as Args) } };
        const made = (await ask(call, { method: 'POST', path: '/rest/api/3/issue', body })) as {
          id: string;
          key: string;
        };
        return { id: made.id, key: made.key };
      },
    },
    {
      name: 'jira_update_issue',
      description: 'Changes fields of an issue of Jira. What is left out stays.',
      effect: 'write',
      repeatable: true,
      properties: { key, ...fields },
      required: ['key'],
      run: async (given, call) => {
        const { key: issue } = given as Args;
        const body = { fields: fieldsOf(given as Args) };
        await ask(call, { method: 'PUT', path: path`/rest/api/3/issue/${issue}`, body });
        return { key: issue, changed: Object.keys(body.fields) };
      },
    },
    {
      name: 'jira_comment_issue',
      description: 'Comments on an issue of Jira.',
      effect: 'write',
      properties: { key, body: text('Text; an empty line begins a new paragraph.', 30_000) },
      required: ['key', 'body'],
      run: async (given, call) => {
        const { key: issue, body } = given as Args;
        const request = {
          method: 'POST',
          path: path`/rest/api/3/issue/${issue}/comment`,
          body: { body: documentOf(body) },
        } as const;
        return { key: issue, commentId: ((await ask(call, request)) as { id: string }).id };
      },
    },
    {
      name: 'jira_list_transitions',
      description: 'Lists the states that an issue of Jira can be moved to from where it is.',
      effect: 'read',
      properties: { key },
      required: ['key'],
      run: async (given, call) => {
        const { key: issue } = given as Args;
        const found = (await ask(call, { path: path`/rest/api/3/issue/${issue}/transitions` })) as {
          transitions?: { id: string; name: string; to?: { name?: string } }[];
        };
        return {
          transitions: (found.transitions ?? []).map(({ id, name, to }) => ({ id, name, to: to?.name ?? name })),
        };
      },
    },
    {
      name: 'jira_transition_issue',
      description: 'Moves an issue of Jira to another state.',
      effect: 'write',
      properties: { key, transition: text('Id of the transition, as jira_list_transitions tells it.', 20) },
      required: ['key', 'transition'],
      run: async (given, call) => {
        const { key: issue, transition } = given as Args;
        const body = { transition: { id: transition } };
        await ask(call, { method: 'POST', path: path`/rest/api/3/issue/${issue}/transitions`, body });
        return { key: issue, transition };
      },
    },
    {
      name: 'jira_list_projects',
      description: 'Lists the projects of Jira that the credential may see.',
      effect: 'read',
      properties: { limit: limit(50, 50) },
      required: [],
      run: async (given, call) => {
        const { limit: maxResults = 50 } = given as Args;
        const found = (await ask(call, { path: '/rest/api/3/project/search', query: { maxResults } })) as {
          values?: { key: string; name: string }[];
          isLast?: boolean;
        };
        const projects = (found.values ?? []).map(({ key: id, name }) => ({ key: id, name }));
        return { projects, hasMore: found.isLast === false };
      },
    },
  ]);
}

function fieldsOf({ summary, description, labels, priority, assigneeId }: Args): Record<string, unknown> {
  return {
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description: documentOf(description) }),
    ...(labels !== undefined && { labels }),
    ...(priority !== undefined && { priority: { name: priority } }),
    ...(assigneeId !== undefined && { assignee: { accountId: assigneeId } }),
  };
}
