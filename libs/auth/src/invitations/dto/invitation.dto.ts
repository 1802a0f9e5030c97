import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '#platform/http';
import { EmailField, RoleField } from '../../fields/field.decorators.js';
import { PageResponse } from '../../paging/page-response.dto.js';
import type { Invitation } from '../invitation.entity.js';
import type { InvitationRow } from '../invitations.read-model.js';

export class CreateInvitationRequest {
  @EmailField()
  email!: string;

  @RoleField()
  role!: string;
}

class InvitationFields {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ada@example.com' })
  email!: string;

  @ApiProperty({ example: 'editor' })
  role!: string;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  expiresAt!: Date;
}

export class InvitationResponse extends InvitationFields {
  @ApiProperty({ example: 'Grace', description: 'Name of who made it.' })
  invitedBy!: string;

  static from({ id, email, role, invitedBy, createdAt, expiresAt }: InvitationRow): InvitationResponse {
    return { id, email, role, invitedBy, createdAt, expiresAt };
  }
}

export class CreatedInvitationResponse extends InvitationFields {
  @ApiProperty({ description: 'The address to hand over; shown only now. It is mailed as well.' })
  link!: string;

  static from({ invitation, link }: { invitation: Invitation; link: string }): CreatedInvitationResponse {
    const { id, email, role, createdAt, expiresAt } = invitation;
    return { id, email, role, createdAt, expiresAt, link };
  }
}

export class InvitationPageResponse extends PageResponse {
  @ApiProperty({ type: [InvitationResponse] })
  data!: InvitationResponse[];

  static from({ data, ...place }: Page<InvitationRow>): InvitationPageResponse {
    return { data: data.map((row) => InvitationResponse.from(row)), ...place };
  }
}

export class InvitationPreviewResponse {
  @ApiProperty({ example: 'Analytical Engines' })
  orgName!: string;

  @ApiProperty({ example: 'ada@example.com', description: 'Only an account with this address can accept.' })
  email!: string;
}
