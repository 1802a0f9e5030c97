import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, IsNull, MoreThan } from 'typeorm';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { Invitation } from './invitation.entity.js';

export interface NewInvitation {
  readonly email: string;
  readonly role: string;
  readonly tokenHash: string;
  readonly invitedByUserId: string;
  readonly expiresAt: Date;
}

@Injectable()
export class InvitationsRepository extends OrgScopedRepository<Invitation> {
  constructor(database: OrgDatabase) {
    super(database, Invitation);
  }

  /** Only inside `acrossOrgs`: the secret says which organisation it is. */
  findOpenByHash(tokenHash: string): Promise<Invitation | null> {
    return this.findFirst(open({ tokenHash }));
  }

  /** The same, held until commit, so that it is accepted once. */
  findOpenByHashForChange(tokenHash: string): Promise<Invitation | null> {
    return this.findFirst(open({ tokenHash }), { lock: { mode: 'pessimistic_write' } });
  }

  countOpenByRole(role: string): Promise<number> {
    return this.countRows(open({ role }));
  }

  add(invitation: NewInvitation): Promise<Invitation> {
    return this.insertRow({ ...invitation, acceptedAt: null, revokedAt: null });
  }

  async markAccepted(id: string): Promise<void> {
    await this.updateRows({ id }, { acceptedAt: new Date() });
  }

  /** @returns whether there was such an open invitation */
  async revoke(id: string): Promise<boolean> {
    return (await this.updateRows({ id, acceptedAt: IsNull(), revokedAt: IsNull() }, { revokedAt: new Date() })) > 0;
  }

  async revokeOpenFor(email: string): Promise<void> {
    await this.updateRows({ email, acceptedAt: IsNull(), revokedAt: IsNull() }, { revokedAt: new Date() });
  }

  async revokeOpenOf(invitedByUserId: string): Promise<void> {
    await this.updateRows({ invitedByUserId, acceptedAt: IsNull(), revokedAt: IsNull() }, { revokedAt: new Date() });
  }
}

function open(where: FindOptionsWhere<Invitation>): FindOptionsWhere<Invitation> {
  return { ...where, acceptedAt: IsNull(), revokedAt: IsNull(), expiresAt: MoreThan(new Date()) };
}
