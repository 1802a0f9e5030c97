import { StepError } from '#kernel';
import type { Tool, ToolArguments } from '../../tool.js';
import type { ToolEgress } from '../../tool-egress.js';
import { limit, page, type ServiceCall, serviceTools, text, texts } from '../service-tool.js';
import { askGitHub } from './github-client.js';
import { commentOf, fileOf, issueOf, pullRequestOf } from './github-views.js';

const repository = {
  owner: text('Owner of the repository, `octocat`.', 100),
  repo: text('Name of the repository.', 100),
};
const number = { type: 'integer', minimum: 1, description: 'Number of the issue or pull request.' };
const state = { type: 'string', enum: ['open', 'closed', 'all'], description: '`open` when absent.' };

interface Args extends ToolArguments {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly state?: 'open' | 'closed' | 'all';
  readonly labels?: string[];
  readonly assignees?: string[];
  readonly title?: string;
  readonly body?: string;
  readonly path?: string;
  readonly ref?: string;
  readonly query?: string;
  readonly limit?: number;
  readonly page?: number;
}

/** A name that could lead out of its place in an address is none. */
function checked(given: ToolArguments): Args {
  const { owner = '', repo = '', path = '' } = given as Partial<Args>;
  const isOdd =
    [owner, repo].some((name) => /[/\\]/.test(name)) ||
    [owner, repo, ...path.split('/')].some((part) => /^\.{1,2}$/.test(part));
  if (isOdd) {
    throw new StepError({
      code: 'tool.invalid',
      message: 'Owner, repository and path are plain names: without “..”, and owner and repository without a slash.',
      retryable: false,
    });
  }
  return given as Args;
}

/** What agents do most with issues, pull requests and files of GitHub. */
export function githubTools(egress: ToolEgress): readonly Tool[] {
  const read = <T>(call: ServiceCall, ask: Parameters<typeof askGitHub<T>>[3]) => askGitHub(egress, call, false, ask);
  const write = <T>(call: ServiceCall, ask: Parameters<typeof askGitHub<T>>[3]) => askGitHub(egress, call, true, ask);
  const paging = ({ limit: most = 20, page: at = 1 }: Args) => ({ per_page: most, page: at });
  return serviceTools({ kinds: ['github'], required: true }, [
    {
      name: 'github_list_issues',
      description: 'Lists issues of a GitHub repository, newest first. Pull requests are left out.',
      effect: 'read',
      properties: { ...repository, state, labels: texts('With all of these labels.'), limit: limit(), page: page() },
      required: ['owner', 'repo'],
      run: (given, call) =>
        read(call, async ({ rest }) => {
          const args = checked(given);
          const { owner, repo, state: wanted = 'open', labels } = args;
          const { data } = await rest.issues.listForRepo({
            owner,
            repo,
            state: wanted,
            ...(labels && { labels: labels.join(',') }),
            ...paging(args),
          });
          const issues = data.filter(({ pull_request: isPull }) => !isPull).map(issueOf);
          return { issues, hasMore: data.length === paging(args).per_page };
        }),
    },
    {
      name: 'github_get_issue',
      description: 'Reads an issue of a GitHub repository with its latest comments.',
      effect: 'read',
      properties: { ...repository, number },
      required: ['owner', 'repo', 'number'],
      run: (given, call) =>
        read(call, async ({ rest }) => {
          const { owner, repo, number: issue_number } = checked(given);
          const { data: issue } = await rest.issues.get({ owner, repo, issue_number });
          const { data: comments } = await rest.issues.listComments({ owner, repo, issue_number, per_page: 30 });
          return { ...issueOf(issue), body: issue.body ?? '', comments: comments.map(commentOf) };
        }),
    },
    {
      name: 'github_create_issue',
      description: 'Opens an issue in a GitHub repository.',
      effect: 'write',
      properties: {
        ...repository,
        title: text('Title.', 256),
        body: text('Markdown.', 60_000),
        labels: texts('Labels to set.'),
        assignees: texts('Login names of who is to do it.', 10),
      },
      required: ['owner', 'repo', 'title'],
      run: (given, call) =>
        write(call, async ({ rest }) => {
          const { owner, repo, title = '', body, labels, assignees } = checked(given);
          const { data } = await rest.issues.create({ owner, repo, title, body, labels, assignees });
          return issueOf(data);
        }),
    },
    {
      name: 'github_update_issue',
      description: 'Changes title, text, labels, assignees or state of an issue. What is left out stays.',
      effect: 'write',
      repeatable: true,
      properties: {
        ...repository,
        number,
        title: text('New title.', 256),
        body: text('New text in Markdown.', 60_000),
        state: { type: 'string', enum: ['open', 'closed'] },
        labels: texts('All labels that it is to have.'),
        assignees: texts('All who are to do it.', 10),
      },
      required: ['owner', 'repo', 'number'],
      run: (given, call) =>
        write(call, async ({ rest }) => {
          const { owner, repo, number: issue_number, title, body, labels, assignees, state: next } = checked(given);
          const { data } = await rest.issues.update({
            owner,
            repo,
            issue_number,
            title,
            body,
            labels,
            assignees,
            state: next as 'open' | 'closed' | undefined,
          });
          return issueOf(data);
        }),
    },
    {
      name: 'github_comment_issue',
      description: 'Comments on an issue or pull request of a GitHub repository.',
      effect: 'write',
      properties: { ...repository, number, body: text('Markdown.', 60_000) },
      required: ['owner', 'repo', 'number', 'body'],
      run: (given, call) =>
        write(call, async ({ rest }) => {
          const { owner, repo, number: issue_number, body = '' } = checked(given);
          const { data } = await rest.issues.createComment({ owner, repo, issue_number, body });
          return commentOf(data);
        }),
    },
    {
      name: 'github_list_pull_requests',
      description: 'Lists pull requests of a GitHub repository, newest first.',
      effect: 'read',
      properties: { ...repository, state, limit: limit(), page: page() },
      required: ['owner', 'repo'],
      run: (given, call) =>
        read(call, async ({ rest }) => {
          const args = checked(given);
          const { owner, repo, state: wanted = 'open' } = args;
          const { data } = await rest.pulls.list({ owner, repo, state: wanted, ...paging(args) });
          return { pullRequests: data.map(pullRequestOf), hasMore: data.length === paging(args).per_page };
        }),
    },
    {
      name: 'github_get_pull_request',
      description: 'Reads a pull request of a GitHub repository with the files that it changes.',
      effect: 'read',
      properties: { ...repository, number },
      required: ['owner', 'repo', 'number'],
      run: (given, call) =>
        read(call, async ({ rest }) => {
          const { owner, repo, number: pull_number } = checked(given);
          const { data: pull } = await rest.pulls.get({ owner, repo, pull_number });
          const { data: files } = await rest.pulls.listFiles({ owner, repo, pull_number, per_page: 50 });
          return { ...pullRequestOf(pull), body: pull.body ?? '', files: files.map(fileOf) };
        }),
    },
    {
      name: 'github_get_file',
      description: 'Reads a text file of a GitHub repository, or lists a folder.',
      effect: 'read',
      properties: {
        ...repository,
        path: { type: 'string', maxLength: 1_000, description: 'From the root; empty for the root folder.' },
        ref: text('Branch, tag or commit; the default branch when absent.', 250),
      },
      required: ['owner', 'repo', 'path'],
      run: (given, call) =>
        read(call, async ({ rest }) => {
          const { owner, repo, path = '', ref } = checked(given);
          const { data } = await rest.repos.getContent({ owner, repo, path, ref });
          if (Array.isArray(data)) {
            return { entries: data.map(({ name, path: at, type, size }) => ({ name, path: at, type, size })) };
          }
          const { path: at, size, type } = data;
          const content = 'content' in data ? Buffer.from(data.content, 'base64').toString('utf8') : null;
          return { path: at, size, type, content };
        }),
    },
    {
      name: 'github_search_issues',
      description: 'Searches issues and pull requests of GitHub with its own search language.',
      effect: 'read',
      properties: {
        query: text('`repo:octocat/hello is:open login`, for example.', 256),
        limit: limit(),
        page: page(),
      },
      required: ['query'],
      run: (given, call) =>
        read(call, async ({ rest }) => {
          const args = checked(given);
          const { data } = await rest.search.issuesAndPullRequests({ q: args.query ?? '', ...paging(args) });
          return { total: data.total_count, issues: data.items.map(issueOf) };
        }),
    },
  ]);
}
