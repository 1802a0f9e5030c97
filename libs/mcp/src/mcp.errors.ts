import { AppError, forbidden, invalid, limited, type FieldProblem, unauthenticated } from '#platform/errors';

/** For a session that never was, has ended, is too old or belongs to another credential: all in the same words. */
export const sessionNotFound = (): AppError =>
  new AppError('not_found', 'mcp.session_not_found', 'There is no such session. Initialise a new one.');

export const sessionMissing = (): AppError =>
  new AppError(
    'malformed',
    'mcp.session_required',
    'Send the Mcp-Session-Id that initialize was answered with, on every later request.',
  );

export const foreignHost = (): AppError =>
  forbidden(
    'mcp.foreign_host',
    'The Host of this request is no address of this server. Ask the operator to set PUBLIC_URL to the address that clients use.',
  );

export const foreignOrigin = (): AppError =>
  forbidden(
    'mcp.foreign_origin',
    'Pages of this origin may not speak to this server. Ask the operator to list it in CORS_ORIGINS.',
  );

export const malformedMessage = (message: string, errors?: readonly FieldProblem[]): AppError =>
  new AppError('malformed', 'request.invalid', message, errors && { errors });

export const invalidArguments = (errors: readonly FieldProblem[]): AppError =>
  invalid('mcp.invalid_arguments', 'The arguments do not fit the tool’s inputSchema. Nothing was started.', errors);

export const unknownTool = (name: string): AppError =>
  invalid('mcp.unknown_tool', `There is no tool "${name.slice(0, 100)}". tools/list says which there are.`, [
    { pointer: '/params/name', code: 'unknown_tool', message: 'Use the name of a tool that tools/list has given.' },
  ]);

export const mayNotCall = (permission: string): AppError =>
  forbidden('auth.permission_missing', `This tool asks for the permission ${permission}, which you do not have.`);

export const tooManyOpen = (limit: number): AppError =>
  limited('mcp.too_many_open', `${limit} calls and streams of this credential are open already.`, 5);

export const credentialGone = (): AppError =>
  unauthenticated('auth.revoked', 'The session or API key behind this request has ended while it waited.');
