import { ApiProperty } from '@nestjs/swagger';
import type { Organization } from '../../organisations/organization.entity.js';
import type { User } from '../../people/user.entity.js';
import type { SignedIn } from '../sessions.service.js';

export class UserResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ada@example.com' })
  email!: string;

  @ApiProperty({ example: 'Ada' })
  name!: string;

  @ApiProperty()
  emailVerified!: boolean;

  static from({ id, email, name, emailVerifiedAt }: User): UserResponse {
    return { id, email, name, emailVerified: emailVerifiedAt !== null };
  }
}

export class OrgSummaryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Analytical Engines' })
  name!: string;

  @ApiProperty({ example: 'analytical-engines' })
  slug!: string;

  static from({ id, name, slug }: Organization): OrgSummaryResponse {
    return { id, name, slug };
  }
}

/** The refresh token comes beside it, in the cookie `af_refresh`. */
export class SessionResponse {
  @ApiProperty({ description: 'For `Authorization: Bearer`.' })
  accessToken!: string;

  @ApiProperty({ example: 900 })
  expiresInSeconds!: number;

  @ApiProperty({ type: UserResponse })
  user!: UserResponse;

  @ApiProperty({ type: OrgSummaryResponse, description: 'The organisation that requests without `X-Org-Id` mean.' })
  org!: OrgSummaryResponse;

  static from({ accessToken, expiresInSeconds, user, org }: SignedIn): SessionResponse {
    return { accessToken, expiresInSeconds, user: UserResponse.from(user), org: OrgSummaryResponse.from(org) };
  }
}
