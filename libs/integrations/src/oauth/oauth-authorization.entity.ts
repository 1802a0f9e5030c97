import { Column, Entity } from 'typeorm';
import { OrgScopedEntity } from '#tenancy';

/** A sign-in at a service that somebody has begun and that may still come back. */
@Entity('oauth_authorization')
export class OAuthAuthorization extends OrgScopedEntity {
  @Column({ type: 'uuid', update: false })
  integrationId!: string;

  /** Who began it; nobody else can end it. */
  @Column({ type: 'uuid', update: false })
  userId!: string;

  @Column({ type: 'text', update: false })
  stateHash!: string;

  /** Of PKCE (RFC 7636), with the endpoints where they had to be found out; encrypted and bound to this row. */
  @Column({ type: 'text', update: false })
  sealedVerifier!: string;

  @Column({ type: 'text', update: false })
  redirectUri!: string;

  @Column({ type: 'timestamptz', update: false })
  expiresAt!: Date;
}
