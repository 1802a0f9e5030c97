import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '#platform/http';
import { RoleField } from '../../fields/field.decorators.js';
import { PageResponse } from '../../paging/page-response.dto.js';
import type { MemberRow } from '../members.read-model.js';

export class UpdateMemberRequest {
  @RoleField()
  role!: string;
}

export class MemberResponse {
  @ApiProperty({ format: 'uuid' })
  userId!: string;

  @ApiProperty({ example: 'ada@example.com' })
  email!: string;

  @ApiProperty({ example: 'Ada' })
  name!: string;

  @ApiProperty({ example: 'editor', description: 'Built-in role, or `custom:<id>`.' })
  role!: string;

  @ApiProperty()
  joinedAt!: Date;

  static from({ userId, email, name, role, joinedAt }: MemberRow): MemberResponse {
    return { userId, email, name, role, joinedAt };
  }
}

export class MemberPageResponse extends PageResponse {
  @ApiProperty({ type: [MemberResponse] })
  data!: MemberResponse[];

  static from({ data, ...place }: Page<MemberRow>): MemberPageResponse {
    return { data: data.map((row) => MemberResponse.from(row)), ...place };
  }
}
