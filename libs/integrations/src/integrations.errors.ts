import { AppError, conflict, type FieldProblem, forbidden, invalid, notFound } from '#platform/errors';

/** Also for what another organisation owns, and for what this person may not even use. */
export const credentialNotFound = (): AppError => notFound('credential');

export const credentialNameTaken = (): AppError =>
  conflict('credential.name_taken', 'There is a credential with this name. Choose another one.');

export const tooManyCredentials = (most: number): AppError =>
  conflict(
    'credential.too_many',
    `An organisation has at most ${most} credentials. Delete one that is not needed any more.`,
  );

export const fieldsInvalid = (errors: readonly FieldProblem[]): AppError =>
  invalid('credential.fields_invalid', 'The credential is not complete. Nothing was saved.', errors);

export const secretsRequired = (fields: readonly string[]): AppError =>
  invalid(
    'credential.secrets_required',
    'This changes where the credential may be sent. Enter its secrets again, so that nobody has them sent somewhere without knowing them. Nothing was saved.',
    fields.map((field) => ({ pointer: `/fields/${field}`, code: 'required', message: 'Enter it again.' })),
  );

/** The host is the asker's own words; the credential's list is not told to those who may only use it. */
export const hostNotAllowed = (url: string): AppError =>
  forbidden(
    'credential.host_not_allowed',
    `The credential must not be sent to ${hostOf(url)}; nothing was sent. Whoever looks after it can add the host to its allowed hosts.`,
  );

export const credentialNotEditable = (): AppError =>
  forbidden(
    'credential.not_editable',
    'Others have shared this credential for use only. Ask its maker or an administrator to change it.',
  );

export const wrongCredentialKind = (kind: string, wanted: string): AppError =>
  conflict('credential.wrong_kind', `This credential is of the kind ${kind}; ${wanted} is needed here.`);

export const credentialUnreadable = (): AppError =>
  conflict(
    'credential.unreadable',
    'The credential was encrypted with another ENCRYPTION_KEY and cannot be read. Enter its secrets again.',
  );

export const notConnected = (): AppError =>
  conflict('credential.not_connected', 'Nobody has signed in with this credential yet. Connect it first.');

export const signInExpired = (): AppError =>
  conflict(
    'credential.sign_in_expired',
    'The service does not renew the sign-in any more. Connect the credential again.',
  );

export const noOAuth = (): AppError =>
  conflict(
    'credential.no_oauth',
    'There is no sign-in for this credential: its client ID is empty, or its kind has none.',
  );

export const noTest = (): AppError =>
  conflict('credential.no_test', 'There is no cheap request that tells whether credentials of this kind work.');

/** One answer for a state that is wrong, used, too old, of somebody else or of another organisation. */
export const stateInvalid = (): AppError =>
  new AppError(
    'malformed',
    'oauth.state_invalid',
    'This sign-in was not begun by you, is over, or took too long. Start it again.',
  );

export const signInRefused = (reason: string): AppError =>
  conflict(
    'oauth.refused',
    `The service did not complete the sign-in (${reason}). Check client ID and secret, then connect again.`,
  );

/** @param reason a sentence of ours about the server, never its own words */
export const signInNotFound = (reason: string): AppError =>
  conflict('oauth.no_discovery', `Nobody can sign in at this server: ${reason}.`);

/** Never more of an address than its host: the rest may hold what is not for others. */
function hostOf(url: string): string {
  return URL.canParse(url) ? JSON.stringify(new URL(url).host.slice(0, 100)) : 'this address';
}
