/** What agents are told of GitHub's answers, which are many times as long. */
interface Somebody {
  readonly login?: string;
}

interface IssueAnswer {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly html_url: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly user?: Somebody | null;
  readonly labels?: readonly (string | { readonly name?: string | null })[];
  readonly assignees?: readonly Somebody[] | null;
}

export function issueOf(issue: IssueAnswer) {
  return {
    number: issue.number,
    title: issue.title,
    state: issue.state,
    url: issue.html_url,
    author: issue.user?.login ?? null,
    labels: (issue.labels ?? []).map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    assignees: (issue.assignees ?? []).map(({ login }) => login ?? ''),
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
  };
}

export function commentOf(comment: {
  readonly id: number;
  readonly body?: string;
  readonly user?: Somebody | null;
  readonly html_url: string;
  readonly created_at: string;
}) {
  const { id, body = '', user, html_url: url, created_at: createdAt } = comment;
  return { id, author: user?.login ?? null, body, url, createdAt };
}

export function pullRequestOf(
  pull: IssueAnswer & {
    readonly draft?: boolean;
    readonly merged_at?: string | null;
    readonly head: { readonly ref: string };
    readonly base: { readonly ref: string };
  },
) {
  const { draft = false, merged_at: mergedAt = null, head, base } = pull;
  return { ...issueOf(pull), draft, mergedAt, from: head.ref, into: base.ref };
}

/** Characters of a patch that are told; longer ones are cut. */
const MAX_PATCH = 3_000;

export function fileOf(file: {
  readonly filename: string;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string;
}) {
  const { filename, status, additions, deletions, patch } = file;
  return { filename, status, additions, deletions, patch: patch === undefined ? null : patch.slice(0, MAX_PATCH) };
}
