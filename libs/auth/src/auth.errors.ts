import {
  type AppError,
  conflict,
  forbidden,
  invalid,
  limited,
  notFound,
  unauthenticated,
  unavailable,
} from '#platform/errors';
import type { Permission } from './permission.js';

/** How identity fails. Whatever a stranger could learn from (does this address have an account?) has one answer for all cases. */
export const authErrors = {
  required: (): AppError =>
    unauthenticated('auth.required', 'Sign in or send an API key as "Authorization: Bearer …".'),
  invalidToken: (): AppError =>
    unauthenticated('auth.invalid_token', 'This access token is not valid any more. Refresh it or sign in again.'),
  invalidApiKey: (): AppError =>
    unauthenticated('auth.invalid_api_key', 'This API key does not exist, has expired or was revoked. Make a new one.'),
  leftOrganisation: (): AppError =>
    unauthenticated(
      'auth.left_organisation',
      'You are no longer a member of the organisation of this token. Refresh it.',
    ),
  wrongCredentials: (): AppError => unauthenticated('auth.wrong_credentials', 'E-mail address or password is wrong.'),
  sessionEnded: (): AppError => unauthenticated('auth.session_ended', 'Your session has ended. Sign in again.'),
  spentLink: (): AppError =>
    unauthenticated('auth.spent_link', 'This link was used already, has expired or is incomplete. Ask for a new one.'),
  permissionMissing: (permission: Permission): AppError =>
    forbidden(
      'auth.permission_missing',
      `This needs the permission ${permission}. Ask an administrator for a role or a key that has it.`,
    ),
  personRequired: (): AppError => forbidden('auth.person_required', 'An API key cannot do this. Sign in as a person.'),
  routeUnmarked: (): AppError => forbidden('auth.route_closed', 'This route is closed.'),
  tooManyAttempts: (retryAfterSeconds: number): AppError =>
    limited(
      'auth.too_many_attempts',
      `Too many attempts. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
    ),
  busy: (): AppError =>
    unavailable('auth.busy', 'Too many people sign in at this moment. Try again shortly.', { retryAfterSeconds: 2 }),
  emailTaken: (): AppError =>
    conflict('user.email_taken', 'There is already an account with this e-mail address. Sign in instead.', {
      errors: [{ pointer: '/email', code: 'email_taken', message: 'This address has an account already.' }],
    }),
  wrongCurrentPassword: (): AppError =>
    invalid('auth.wrong_password', 'The current password is wrong.', [
      { pointer: '/currentPassword', code: 'wrong_password', message: 'This is not your current password.' },
    ]),
  organisationNotFound: (): AppError => notFound('organisation'),
  memberNotFound: (): AppError => notFound('member'),
  lastOwner: (): AppError =>
    conflict('member.last_owner', 'An organisation needs an owner. Make somebody else an owner first.'),
  ownersOnly: (): AppError =>
    forbidden('member.owners_only', 'Only an owner, signed in as a person, makes, changes or removes owners.'),
  widerThanYours: (): AppError =>
    forbidden(
      'role.wider_than_yours',
      'This role may do things that you may not. Ask somebody who holds all of its permissions.',
    ),
  roleUnknown: (): AppError =>
    invalid('role.unknown', 'There is no such role.', [
      {
        pointer: '/role',
        code: 'unknown_role',
        message: 'Use owner, admin, editor, viewer or the role of GET /org/roles.',
      },
    ]),
  roleNotFound: (): AppError => notFound('role'),
  roleNameTaken: (): AppError =>
    conflict('role.name_taken', 'There is a role of this name already.', {
      errors: [{ pointer: '/name', code: 'name_taken', message: 'Choose another name.' }],
    }),
  roleInUse: (): AppError =>
    conflict('role.in_use', 'Members or open invitations have this role. Give them another role first.'),
  tooManyRoles: (limit: number): AppError =>
    conflict('role.too_many', `An organisation has at most ${limit} custom roles. Delete one that is not used.`),
  permissionsWiderThanYours: (pointer: string, missing: readonly string[]): AppError =>
    forbidden(
      'auth.wider_than_yours',
      `You do not hold ${missing.join(', ')} yourself, so you cannot hand it on (${pointer}).`,
    ),
  invitationNotFound: (): AppError => notFound('invitation'),
  invitationForOther: (): AppError =>
    forbidden(
      'invitation.other_address',
      'This invitation was sent to another e-mail address. Sign in with that address.',
    ),
  alreadyMember: (): AppError =>
    conflict('invitation.already_member', 'This person is a member of the organisation already.', {
      errors: [
        { pointer: '/email', code: 'already_member', message: 'Change the role in the list of members instead.' },
      ],
    }),
  teamNotFound: (): AppError => notFound('team'),
  teamNameTaken: (): AppError =>
    conflict('team.name_taken', 'There is a team of this name already.', {
      errors: [{ pointer: '/name', code: 'name_taken', message: 'Choose another name.' }],
    }),
  apiKeyNotFound: (): AppError => notFound('api_key'),
  expiryInPast: (): AppError =>
    invalid('api_key.expiry_in_past', 'The key would have expired before it was made.', [
      { pointer: '/expiresAt', code: 'in_past', message: 'Choose a moment in the future, or leave it out.' },
    ]),
};
