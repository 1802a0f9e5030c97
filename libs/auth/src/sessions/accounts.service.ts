import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { acrossOrgs, OrgDatabase } from '#tenancy';
import { AttemptLimiter } from '../attempt-limiter.js';
import { AuthMails } from '../auth-mails.js';
import { authErrors } from '../auth.errors.js';
import { InvitationsService } from '../invitations/invitations.service.js';
import { OrganisationsService } from '../organisations/organisations.service.js';
import { normalEmail } from '../people/email-address.js';
import { PasswordHasher } from '../people/password-hasher.js';
import { UsersRepository } from '../people/users.repository.js';
import type { Principal } from '../principal.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { type SignedIn, SessionsService } from './sessions.service.js';

/** Where somebody comes from. */
export interface Caller {
  /** Network of the caller, for limits. */
  readonly network: string;
  readonly userAgent: string | null;
}

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly name?: string;
  /** Not needed with an invitation. */
  readonly orgName?: string;
  readonly invitationToken?: string;
}

/** The ways in. */
@Injectable()
export class AccountsService {
  private readonly attempts = new AttemptLimiter({ attempts: 10, windowMs: 60_000 });

  // Eight guests: signing up touches everything that a person has.
  constructor(
    private readonly database: OrgDatabase,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly organisations: OrganisationsService,
    private readonly invitations: InvitationsService,
    private readonly sessions: SessionsService,
    private readonly oneTimeTokens: OneTimeTokensRepository,
    private readonly mails: AuthMails,
  ) {}

  /** Person, first organisation (or the one that invites) and session, or none of them. @throws AppError conflict, not_found, forbidden */
  async signUp(input: SignUp, caller: Caller): Promise<SignedIn> {
    const email = normalEmail(input.email);
    this.attempts.take(`sign-up ${caller.network} ${email}`);
    const passwordHash = await this.passwords.hash(input.password);
    const name = input.name?.trim() || (email.split('@')[0] ?? email);
    const { signedIn, verification } = await acrossOrgs('a new person belongs to no organisation yet', () =>
      this.database.transaction(async () => {
        const user = await this.users.add({ email, name, passwordHash });
        const org =
          input.invitationToken === undefined
            ? await this.organisations.found(newId(), input.orgName ?? name, user.id)
            : await this.invitations.accept(input.invitationToken, user);
        return {
          signedIn: await this.sessions.start(user, caller.userAgent, org),
          verification: await this.oneTimeTokens.add(user.id, 'verify-email'),
        };
      }),
    );
    this.mails.emailVerification(email, verification);
    return signedIn;
  }

  /** One answer, after the same time, for a wrong address and a wrong password. @throws AppError unauthenticated, limited */
  async logIn(input: { email: string; password: string }, caller: Caller): Promise<SignedIn> {
    const attempt = `log-in ${caller.network} ${normalEmail(input.email)}`;
    this.attempts.take(attempt);
    const user = await acrossOrgs('somebody who logs in has not chosen an organisation', () =>
      this.users.findByEmail(input.email),
    );
    const isRight = await this.passwords.matches(user?.passwordHash ?? null, input.password);
    if (!user || !isRight) throw authErrors.wrongCredentials();
    this.attempts.forget(attempt);
    return acrossOrgs('a session belongs to a person, not to an organisation', () =>
      this.sessions.start(user, caller.userAgent),
    );
  }

  /** @throws AppError unauthenticated when the link is spent, expired or none of ours */
  async signInByLink(token: string, caller: Caller): Promise<SignedIn> {
    return acrossOrgs('a sign-in link belongs to a person, not to an organisation', () =>
      this.database.transaction(async () => {
        const userId = await this.oneTimeTokens.spend(token, 'sign-in');
        const user = userId === null ? null : await this.users.findById(userId);
        if (!user) throw authErrors.spentLink();
        return this.sessions.start(user, caller.userAgent);
      }),
    );
  }

  /** @throws AppError not_found when the invitation is not open, forbidden when it is for another address */
  async acceptInvitation(principal: Principal, token: string): Promise<SignedIn> {
    return acrossOrgs('who accepts an invitation is not yet a member of that organisation', () =>
      this.database.transaction(async () => {
        const user = await this.users.findById(principal.userId);
        if (!user) throw authErrors.sessionEnded();
        return this.sessions.continueIn(principal, user, await this.invitations.accept(token, user));
      }),
    );
  }

  /** @throws AppError unauthenticated when the link is spent, expired or none of ours */
  async verifyEmail(token: string): Promise<void> {
    await acrossOrgs('an e-mail address belongs to a person, not to an organisation', () =>
      this.database.transaction(async () => {
        const userId = await this.oneTimeTokens.spend(token, 'verify-email');
        if (userId === null) throw authErrors.spentLink();
        await this.users.markEmailVerified(userId);
      }),
    );
  }
}
