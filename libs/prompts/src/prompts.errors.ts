import type { Problem } from '#kernel';
import { AppError, conflict, forbidden, type FieldProblem, notFound } from '#platform/errors';
import type { PromptUse } from './prompt-uses.js';

export const promptNotFound = (): AppError => notFound('prompt');

export const promptVersionNotFound = (): AppError => notFound('prompt_version');

export const promptNameTaken = (name: string): AppError =>
  conflict('prompt.name_taken', `There is another prompt called “${name}”. Choose a name that is free.`);

export const tooManyPrompts = (most: number): AppError =>
  conflict('prompt.too_many', `An organisation may have ${most} prompts. Delete some that nobody uses.`);

export const promptArchived = (name: string): AppError =>
  conflict(
    'prompt.archived',
    `The prompt “${name}” is archived. Unarchive it first (POST /api/v1/prompts/:id/unarchive).`,
  );

export const nothingToPublish = (version: number): AppError =>
  conflict('prompt.nothing_to_publish', `The draft says the same as version ${version}. Change it, then publish.`);

/** Somebody else saved since the caller read: the `If-Match` of the request names an older revision. */
export const promptChanged = (what: 'prompt' | 'draft', revision: number): AppError =>
  new AppError(
    'precondition_failed',
    what === 'prompt' ? 'prompt.changed' : 'prompt.draft.changed',
    `The ${what} has changed since you read it; it is now at revision ${revision}. Read it again, apply your change to that, and save with its ETag.`,
  );

/** Agents that run with it name it. */
export const promptInUse = (name: string, uses: readonly PromptUse[], more: boolean): AppError =>
  conflict(
    'prompt.in_use',
    `The prompt “${name}” is used by ${uses.map((use) => `“${use.name}”`).join(', ')}${more ? ' and others' : ''}. Publish these without it, or archive them, then try again.`,
  );

/** The prompt is wrong, and what was asked cannot be done with a wrong one; nothing has changed. */
export const promptInvalid = (problems: readonly Problem[], parent = ''): AppError =>
  new AppError('invalid', 'prompt.invalid', `The prompt has ${count(problems)}. Mend each of errors and try again.`, {
    errors: toFieldProblems(problems, parent),
  });

export const variablesInvalid = (problems: readonly Problem[], parent = ''): AppError =>
  new AppError('invalid', 'prompt.variables_invalid', problems[0]?.message ?? 'The variables do not fit the prompt.', {
    errors: toFieldProblems(problems, parent),
  });

export const mayNotStartRuns = (): AppError =>
  forbidden('auth.forbidden', 'Trying a prompt starts runs, which needs the permission executions:start.');

/** The draft was saved although it is wrong; `revision` is the one it has now. */
export class DraftProblemsError extends AppError {
  constructor(
    readonly revision: number,
    problems: readonly Problem[],
  ) {
    super(
      'invalid',
      'prompt.draft_invalid',
      `The draft was saved, but it has ${count(problems)}: it cannot be published before each of errors is mended.`,
      { errors: toFieldProblems(problems, '') },
    );
  }
}

function toFieldProblems(problems: readonly Problem[], parent: string): FieldProblem[] {
  return problems.map(({ pointer, code, message }) => ({ pointer: `${parent}${pointer}`, code, message }));
}

function count(problems: readonly Problem[]): string {
  return problems.length === 1 ? 'one problem' : `${problems.length} problems`;
}
