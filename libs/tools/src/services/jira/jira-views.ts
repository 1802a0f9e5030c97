import { textOf } from './jira-document.js';

interface Named {
  readonly name?: string;
}

interface Person {
  readonly displayName?: string;
  readonly accountId?: string;
}

interface CommentAnswer {
  readonly id: string;
  readonly author?: Person;
  readonly body?: unknown;
  readonly created?: string;
}

export interface IssueAnswer {
  readonly id: string;
  readonly key: string;
  readonly fields?: {
    readonly summary?: string;
    readonly status?: Named;
    readonly issuetype?: Named;
    readonly priority?: Named | null;
    readonly assignee?: Person | null;
    readonly reporter?: Person | null;
    readonly labels?: readonly string[];
    readonly created?: string;
    readonly updated?: string;
    readonly description?: unknown;
    readonly comment?: { readonly comments?: readonly CommentAnswer[] };
  };
}

export function issueOf({ key, fields = {} }: IssueAnswer) {
  return {
    key,
    summary: fields.summary ?? '',
    status: fields.status?.name ?? null,
    type: fields.issuetype?.name ?? null,
    priority: fields.priority?.name ?? null,
    assignee: fields.assignee?.displayName ?? null,
    reporter: fields.reporter?.displayName ?? null,
    labels: fields.labels ?? [],
    createdAt: fields.created ?? null,
    updatedAt: fields.updated ?? null,
  };
}

export function commentOf({ id, author, body, created }: CommentAnswer) {
  return { id, author: author?.displayName ?? null, body: textOf(body), createdAt: created ?? null };
}

/** `{ errorMessages: [], errors: { summary: '…' } }`. */
export function saidIn(body: unknown): string {
  const { errorMessages, errors } = (body ?? {}) as { errorMessages?: unknown; errors?: unknown };
  const whole = Array.isArray(errorMessages) ? errorMessages.filter((each) => typeof each === 'string') : [];
  const each =
    typeof errors === 'object' && errors !== null
      ? Object.entries(errors).map(([field, said]) => `${field}: ${String(said)}`)
      : [];
  return [...whole, ...each].join('; ');
}
