import type { Problem } from '#kernel';
import { AppError, conflict, type FieldProblem, notFound } from '#platform/errors';

export const agentNotFound = (): AppError => notFound('agent');

export const agentVersionNotFound = (): AppError => notFound('agent_version');

export const templateNotFound = (): AppError => notFound('template');

export const agentNotPublished = (name: string): AppError =>
  conflict(
    'agent.not_published',
    `The agent "${name}" has never been published, so there is nothing to run. Publish its draft first (POST /api/v1/agents/:id/publish).`,
  );

export const slugTaken = (slug: string): AppError =>
  conflict('agent.slug_taken', `Another agent of this organisation is called by "${slug}". Choose another slug.`);

export const agentArchived = (name: string): AppError =>
  conflict(
    'agent.archived',
    `The agent "${name}" is archived. Unarchive it first (POST /api/v1/agents/:id/unarchive).`,
  );

export const nothingToPublish = (version: number): AppError =>
  conflict('agent.nothing_to_publish', `The draft does the same as version ${version}. Change it, then publish.`);

/** Somebody else saved since the caller read: the `If-Match` of the request names an older revision. */
export const agentChanged = (what: 'agent' | 'draft', revision: number): AppError =>
  new AppError(
    'precondition_failed',
    `${what === 'agent' ? 'agent' : 'agent.draft'}.changed`,
    `The ${what} has changed since you read it; it is now at revision ${revision}. Read it again, apply your change to that, and save with its ETag.`,
  );

export const graphTooLarge = (maxBytes: number): AppError =>
  new AppError(
    'too_large',
    'agent.graph_too_large',
    `A graph may have at most ${maxBytes} bytes as JSON. Move long texts into the input, or split the agent.`,
  );

/** The body is not a graph at all, so nothing was kept. */
export const notAGraph = (errors: readonly FieldProblem[]): AppError =>
  new AppError(
    'invalid',
    'agent.not_a_graph',
    'This is not a graph that could be drawn, so it was not kept. See errors.',
    { errors },
  );

/** The graph is wrong, and the request could not be done with a wrong graph; nothing has changed. */
export const graphInvalid = (problems: readonly Problem[], parent = ''): AppError =>
  new AppError(
    'invalid',
    'agent.graph_invalid',
    `The graph has ${count(problems)}. Mend each of errors and try again.`,
    {
      errors: toFieldProblems(problems, parent),
    },
  );

/** The file given to import is not one that export writes; nothing was imported. */
export const fileInvalid = (errors: readonly FieldProblem[]): AppError =>
  new AppError(
    'invalid',
    'agent.file_invalid',
    'This file cannot be imported: it is not one that "export" wrote, or it was changed since. See errors.',
    { errors },
  );

/** A version was published under rules that this release of AgentFlow no longer shares. */
export const versionUnusable = (cause: unknown): AppError =>
  conflict(
    'agent_version.unusable',
    'This version was published with an older AgentFlow and cannot run any more. Restore it as draft, mend what validation names, and publish again.',
    { cause },
  );

/** The draft was saved although it is wrong; `revision` is the one it has now. */
export class DraftProblemsError extends AppError {
  constructor(
    readonly revision: number,
    problems: readonly Problem[],
  ) {
    super(
      'invalid',
      'agent.draft_invalid',
      `The draft was saved, but it has ${count(problems)}: it cannot be published before each of errors is mended.`,
      {
        errors: toFieldProblems(problems, ''),
      },
    );
  }
}

function toFieldProblems(problems: readonly Problem[], parent: string): FieldProblem[] {
  return problems.map(({ pointer, code, message }) => ({ pointer: `${parent}${pointer}`, code, message }));
}

function count(problems: readonly Problem[]): string {
  return problems.length === 1 ? 'one problem' : `${problems.length} problems`;
}
