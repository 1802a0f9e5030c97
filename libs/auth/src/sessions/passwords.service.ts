import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { acrossOrgs, OrgDatabase } from '#tenancy';
import { PrincipalCache } from '../access/principal-cache.js';
import { requirePerson } from '../access/require-person.js';
import { AttemptLimiter } from '../attempt-limiter.js';
import { AuthMails } from '../auth-mails.js';
import { authErrors } from '../auth.errors.js';
import { normalEmail } from '../people/email-address.js';
import { PasswordHasher } from '../people/password-hasher.js';
import { UsersRepository } from '../people/users.repository.js';
import type { Principal } from '../principal.js';
import type { Caller } from './accounts.service.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import { SessionsRepository } from './sessions.repository.js';

/** Changing and replacing passwords. Each of them shuts out whoever may have known the old one. */
@Injectable()
export class PasswordsService implements OnModuleDestroy {
  private readonly attempts = new AttemptLimiter({ attempts: 10, windowMs: 60_000 });
  /** Nobody's mailbox is filled by asking again and again from many addresses. */
  private readonly mailings = new AttemptLimiter({ attempts: 5, windowMs: 15 * 60_000 });
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly database: OrgDatabase,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly oneTimeTokens: OneTimeTokensRepository,
    private readonly passwords: PasswordHasher,
    private readonly mails: AuthMails,
    private readonly cache: PrincipalCache,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Returns before it looks, so that neither answer nor time tells whether the address has an account. @throws AppError limited */
  requestReset(email: string, caller: Caller): void {
    const address = normalEmail(email);
    this.attempts.take(`forgot ${caller.network} ${address}`);
    const work = this.sendReset(address)
      .catch((error: unknown) => this.logger.error({ err: error }, 'a password reset was not sent'))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** @throws AppError unauthenticated when the link is spent, expired or none of ours */
  async reset(token: string, password: string): Promise<void> {
    await acrossOrgs('a password belongs to a person, not to an organisation', async () => {
      // A made-up token costs a look-up, not a hash.
      if (!(await this.oneTimeTokens.isGood(token, 'reset-password'))) throw authErrors.spentLink();
      const passwordHash = await this.passwords.hash(password);
      await this.database.transaction(async () => {
        const userId = await this.oneTimeTokens.spend(token, 'reset-password');
        if (userId === null) throw authErrors.spentLink();
        await this.users.setPassword(userId, passwordHash);
        await this.users.markEmailVerified(userId);
        await this.oneTimeTokens.endAllOf(userId);
        await this.sessions.revokeAllOf(userId);
      });
    });
    this.cache.forget();
  }

  /**
   * This session stays, all others end.
   * @param currentPassword not asked for when the person has none yet
   * @throws AppError invalid when it is wrong, forbidden for an API key
   */
  async change(principal: Principal, currentPassword: string | undefined, newPassword: string): Promise<void> {
    requirePerson(principal);
    const { userId, credentialId } = principal;
    this.attempts.take(`change ${userId}`);
    const user = await this.users.findById(userId);
    if (!user) throw authErrors.sessionEnded();
    const isRight =
      user.passwordHash === null || (await this.passwords.matches(user.passwordHash, currentPassword ?? ''));
    if (!isRight) throw authErrors.wrongCurrentPassword();
    this.attempts.forget(`change ${userId}`);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.database.transaction(async () => {
      await this.users.setPassword(userId, passwordHash);
      await this.oneTimeTokens.endAllOf(userId);
      await this.sessions.revokeAllOf(userId, credentialId);
    });
    this.cache.forget();
  }

  /** Waits for resets under way. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async onModuleDestroy(): Promise<void> {
    await this.settled();
  }

  private async sendReset(email: string): Promise<void> {
    const token = await acrossOrgs('whoever forgot a password has no organisation open', () =>
      this.database.transaction(async () => {
        const user = await this.users.findByEmail(email);
        if (!user || !this.mailings.tryTake(user.id)) return null;
        return this.oneTimeTokens.add(user.id, 'reset-password');
      }),
    );
    if (token !== null) this.mails.passwordReset(email, token);
  }
}
