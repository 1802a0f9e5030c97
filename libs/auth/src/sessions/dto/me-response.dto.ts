import { ApiProperty } from '@nestjs/swagger';
import { type Permission, PERMISSIONS } from '../../permission.js';
import type { Profile } from '../profile.read-model.js';
import { OrgSummaryResponse, UserResponse } from './session-response.dto.js';

export class OrgMembershipResponse extends OrgSummaryResponse {
  @ApiProperty({ example: 'owner', description: 'Built-in role, or `custom:<id>`.' })
  role!: string;
}

export class MeResponse {
  @ApiProperty({ type: UserResponse, description: 'For an API key the person who made it.' })
  user!: UserResponse;

  @ApiProperty({ type: OrgSummaryResponse, description: 'The organisation of this request.' })
  org!: OrgSummaryResponse;

  @ApiProperty({ example: 'owner', description: 'Role of the person in this organisation.' })
  role!: string;

  @ApiProperty({ enum: PERMISSIONS, enumName: 'Permission', isArray: true, description: 'What this request may do.' })
  permissions!: Permission[];

  @ApiProperty({ type: [OrgMembershipResponse] })
  orgs!: OrgMembershipResponse[];

  static from({ user, org: { role, ...org }, permissions, orgs }: Profile): MeResponse {
    return { user, org, role, permissions: [...permissions], orgs: [...orgs] };
  }
}
