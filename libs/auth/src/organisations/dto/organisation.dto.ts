import { ApiProperty } from '@nestjs/swagger';
import { NameField, OptionalNameField } from '../../fields/field.decorators.js';
import { OrgSummaryResponse } from '../../sessions/dto/session-response.dto.js';
import type { Organization, Plan } from '../organization.entity.js';

export class CreateOrganisationRequest {
  @NameField()
  name!: string;
}

export class UpdateOrganisationRequest {
  @OptionalNameField()
  name?: string;
}

export class OrganisationResponse extends OrgSummaryResponse {
  @ApiProperty({ enum: ['free', 'basic', 'pro', 'enterprise'] })
  plan!: Plan;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;

  static override from({ id, name, slug, plan, createdAt, updatedAt }: Organization): OrganisationResponse {
    return { id, name, slug, plan, createdAt, updatedAt };
  }
}
