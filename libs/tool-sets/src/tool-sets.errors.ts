import { StepError } from '#kernel';
import { AppError, conflict, type FieldProblem, invalid, notFound } from '#platform/errors';

export const toolSetNotFound = (): AppError => notFound('tool_set');

/** The same words for what never was, what is another organisation's and what is somebody else's private one. */
export const credentialNotUsable = (): AppError => notFound('credential');

export const toolSetNameTaken = (): AppError =>
  conflict('tool_set.name_taken', 'There is a tool set with this name or short name. Choose another one.');

export const tooManyToolSets = (most: number): AppError =>
  conflict(
    'tool_set.too_many',
    `An organisation has at most ${most} tool sets. Delete one that is not needed any more.`,
  );

export const toolSetInUse = (agents: readonly string[]): AppError =>
  conflict(
    'tool_set.in_use',
    `Tools of this set are used by ${agents.map((name) => `“${name}”`).join(', ')}. Publish these without them, or archive them, then try again.`,
  );

/** What a person has looked at is not what the other side offers any more. */
export const toolChanged = (name: string): AppError =>
  conflict('tool_set.tool_changed', `The tool ${name} has changed since you looked at it. Read it again, then decide.`);

export const toolGone = (name: string): AppError =>
  conflict('tool_set.tool_gone', `The tool ${name} is not offered any more, so it cannot be switched on.`);

export const documentRequired = (): AppError =>
  conflict(
    'tool_set.document_required',
    'The tools of this set came from a pasted document: give its new text to look for changes.',
  );

export const toolSetInvalid = (errors: readonly FieldProblem[]): AppError =>
  invalid('tool_set.invalid', errors[0]?.message ?? 'The tool set cannot be kept like this.', errors);

export const fieldInvalid = (pointer: string, code: string, message: string): AppError =>
  toolSetInvalid([{ pointer, code, message }]);

export const documentInvalid = (message: string): AppError =>
  new AppError('invalid', 'tool_set.document_invalid', message, {
    errors: [{ pointer: '/document', code: 'document', message }],
  });

/** @param reason in words for people, without secrets */
export const toolSetUnreachable = (reason: string, cause: unknown): AppError =>
  new AppError(
    // What trying again does not help against is in what was given: the address or the credential.
    cause instanceof StepError && !cause.retryable ? 'invalid' : 'unavailable',
    'tool_set.unreachable',
    `The tools could not be found out: ${reason}`,
    { cause },
  );
