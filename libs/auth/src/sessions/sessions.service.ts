import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { InjectLogger, type Logger } from '#platform/logging';
import { acrossOrgs, OrgDatabase } from '#tenancy';
import { PrincipalCache } from '../access/principal-cache.js';
import { requirePerson } from '../access/require-person.js';
import { authErrors } from '../auth.errors.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import type { Organization } from '../organisations/organization.entity.js';
import { OrganisationsService } from '../organisations/organisations.service.js';
import { OrganizationsRepository } from '../organisations/organizations.repository.js';
import type { User } from '../people/user.entity.js';
import { UsersRepository } from '../people/users.repository.js';
import type { Principal } from '../principal.js';
import { ACCESS_TOKEN_LIFETIME_SECONDS, AccessTokens } from './access-tokens.js';
import { SessionsRepository } from './sessions.repository.js';

/** A person who has come in. */
export interface SignedIn {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** For the cookie; null when the session's own stays as it is. */
  readonly refreshToken: string | null;
  readonly user: User;
  readonly org: Organization;
}

@Injectable()
export class SessionsService {
  // Eight guests, because coming in brings person, organisation and tokens together in one transaction.
  constructor(
    private readonly database: OrgDatabase,
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly organisations: OrganisationsService,
    private readonly tokens: AccessTokens,
    private readonly cache: PrincipalCache,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Opens a session; inside `acrossOrgs`, because the organisation is only chosen here. */
  async start(user: User, userAgent: string | null, org?: Organization): Promise<SignedIn> {
    return this.database.transaction(async () => {
      const chosen = org ?? (await this.defaultOrganisation(user));
      const { sessionId, refreshToken } = await this.sessions.open(user.id, userAgent);
      return this.signedIn(user, chosen, sessionId, refreshToken);
    });
  }

  /**
   * A new pair of tokens for a spent refresh token. There is no grace for a token that comes twice: it ends the session,
   * because a copy cannot be told from a second tab; browsers take turns instead.
   * @throws AppError unauthenticated
   */
  async refresh(refreshToken: string): Promise<SignedIn> {
    const outcome = await acrossOrgs('a session belongs to a person, not to an organisation', () =>
      this.database.transaction(async () => {
        const renewal = await this.sessions.renew(refreshToken);
        if (renewal.kind !== 'renewed') return renewal;
        const user = await this.users.findById(renewal.userId);
        if (!user) return { kind: 'unknown' as const };
        return this.signedIn(user, await this.defaultOrganisation(user), renewal.sessionId, renewal.refreshToken);
      }),
    );
    if (!('kind' in outcome)) return outcome;
    if (outcome.kind === 'reused') {
      this.cache.forget();
      const { sessionId, userId } = outcome;
      this.logger.warn({ sessionId, userId }, 'a spent refresh token came back; its session was ended');
    }
    throw authErrors.sessionEnded();
  }

  /** Ends this session, or all of the person's. @throws AppError forbidden for an API key */
  async end(principal: Principal, everywhere: boolean): Promise<void> {
    requirePerson(principal);
    if (everywhere) await this.sessions.revokeAllOf(principal.userId);
    else await this.sessions.revoke(principal.credentialId);
    this.cache.forget();
  }

  /** The same session with a token for an organisation that the person has just come to. */
  continueIn(principal: Principal, user: User, org: Organization): SignedIn {
    requirePerson(principal);
    return this.signedIn(user, org, principal.credentialId, null);
  }

  private signedIn(user: User, org: Organization, sessionId: string, refreshToken: string | null): SignedIn {
    const accessToken = this.tokens.issue({ userId: user.id, sessionId, orgId: org.id });
    return { accessToken, expiresInSeconds: ACCESS_TOKEN_LIFETIME_SECONDS, refreshToken, user, org };
  }

  /** The one they joined first. Who was removed from their last one gets their own: nobody is signed in to nowhere. */
  private async defaultOrganisation(user: User): Promise<Organization> {
    const [first] = await this.memberships.findAllOf(user.id);
    return first
      ? this.organizations.getById(first.orgId)
      : this.organisations.found(newId(), 'My organisation', user.id);
  }
}
