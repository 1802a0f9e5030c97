import { Injectable } from '@nestjs/common';
import { acrossOrgs, OrgContext, OrgDatabase } from '#tenancy';
import { PrincipalCache } from '../access/principal-cache.js';
import { AttemptLimiter } from '../attempt-limiter.js';
import { AuthMails } from '../auth-mails.js';
import { authErrors } from '../auth.errors.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import type { Organization } from '../organisations/organization.entity.js';
import { OrganizationsRepository } from '../organisations/organizations.repository.js';
import { normalEmail } from '../people/email-address.js';
import type { User } from '../people/user.entity.js';
import { UsersRepository } from '../people/users.repository.js';
import type { Principal } from '../principal.js';
import { RoleGrants } from '../roles/role-grants.js';
import { hashSecret, makeSecret } from '../secret-token.js';
import type { Invitation } from './invitation.entity.js';
import { InvitationsRepository } from './invitations.repository.js';

const LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** What whoever holds the link may see before signing in. */
export interface InvitationPreview {
  readonly orgName: string;
  readonly email: string;
}

@Injectable()
export class InvitationsService {
  /** Invitations send mail to strangers: an organisation cannot become a sender of spam. */
  private readonly mailings = new AttemptLimiter({ attempts: 100, windowMs: 60 * 60_000 });

  // Seven guests, because an invitation touches organisation, person, membership and role at once.
  constructor(
    private readonly database: OrgDatabase,
    private readonly invitations: InvitationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly users: UsersRepository,
    private readonly grants: RoleGrants,
    private readonly mails: AuthMails,
    private readonly cache: PrincipalCache,
  ) {}

  /** Replaces an open invitation to the same address. @returns the link, which is kept nowhere */
  async create(
    principal: Principal,
    input: { email: string; role: string },
  ): Promise<{ invitation: Invitation; link: string }> {
    this.mailings.take(OrgContext.require());
    const email = normalEmail(input.email);
    const token = makeSecret();
    const { invitation, orgName, inviterName } = await this.database.transaction(async () => {
      await this.grants.assertMayGrant(principal, input.role);
      if (await this.memberships.hasMemberWithEmail(email)) throw authErrors.alreadyMember();
      await this.invitations.revokeOpenFor(email);
      const added = await this.invitations.add({
        email,
        role: input.role,
        tokenHash: hashSecret(token),
        invitedByUserId: principal.userId,
        expiresAt: new Date(Date.now() + LIFETIME_MS),
      });
      const inviter = await this.users.findById(principal.userId);
      return {
        invitation: added,
        orgName: (await this.organizations.getCurrent()).name,
        inviterName: inviter?.name ?? 'Somebody',
      };
    });
    this.mails.invitation(email, orgName, inviterName, token);
    return { invitation, link: this.mails.invitationLink(token) };
  }

  async revoke(id: string): Promise<void> {
    if (!(await this.invitations.revoke(id))) throw authErrors.invitationNotFound();
  }

  async preview(token: string): Promise<InvitationPreview> {
    return acrossOrgs('an invitation is found by its secret before its organisation is known', () =>
      this.database.transaction(async () => {
        const invitation = await this.invitations.findOpenByHash(hashSecret(token));
        if (!invitation) throw authErrors.invitationNotFound();
        const { name } = await this.organizations.getById(invitation.orgId);
        return { orgName: name, email: invitation.email };
      }),
    );
  }

  /**
   * Makes the person a member; inside `acrossOrgs`, because they are not yet one of the organisation.
   * @throws AppError not_found when the invitation is not open, forbidden when it is for another address
   */
  accept(token: string, user: User): Promise<Organization> {
    return this.database.transaction(async () => {
      const invitation = await this.invitations.findOpenByHashForChange(hashSecret(token));
      if (!invitation) throw authErrors.invitationNotFound();
      if (invitation.email !== user.email) throw authErrors.invitationForOther();
      const known = await this.memberships.findAllOf(user.id);
      if (!known.some(({ orgId }) => orgId === invitation.orgId)) {
        await this.memberships.add(invitation.orgId, user.id, invitation.role);
      }
      await this.invitations.markAccepted(invitation.id);
      this.database.afterCommit(() => this.cache.forget());
      return this.organizations.getById(invitation.orgId);
    });
  }
}
