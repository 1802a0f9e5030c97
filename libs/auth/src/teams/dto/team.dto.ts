import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, IsUUID, MaxLength } from 'class-validator';
import type { Page } from '#platform/http';
import { NameField, Omittable, OptionalNameField } from '../../fields/field.decorators.js';
import { PageResponse } from '../../paging/page-response.dto.js';
import type { TeamRow } from '../teams.read-model.js';
import type { TeamWithMembers } from '../teams.service.js';

export class CreateTeamRequest {
  @NameField({ example: 'Support' })
  name!: string;

  @ApiPropertyOptional({ maxLength: 1000 })
  @Omittable()
  @IsString()
  @MaxLength(1000)
  description?: string;
}

export class UpdateTeamRequest {
  @OptionalNameField({ example: 'Support' })
  name?: string;

  @ApiPropertyOptional({ maxLength: 1000 })
  @Omittable()
  @IsString()
  @MaxLength(1000)
  description?: string;
}

export class AddTeamMemberRequest {
  @ApiProperty({ format: 'uuid', description: 'A member of the organisation.' })
  @IsUUID()
  userId!: string;
}

export class TeamResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ type: [String], format: 'uuid', description: 'Ids of the people in it.' })
  memberIds!: string[];

  @ApiProperty()
  createdAt!: Date;

  static from({ team: { id, name, description, createdAt }, memberIds }: TeamWithMembers): TeamResponse {
    return { id, name, description, memberIds: [...memberIds], createdAt };
  }
}

export class TeamPageResponse extends PageResponse {
  @ApiProperty({ type: [TeamResponse] })
  data!: TeamResponse[];

  static from({ data, ...place }: Page<TeamRow>): TeamPageResponse {
    const teams = data.map(({ id, name, description, memberIds, createdAt }) => ({
      id,
      name,
      description,
      memberIds: [...memberIds],
      createdAt,
    }));
    return { data: teams, ...place };
  }
}
