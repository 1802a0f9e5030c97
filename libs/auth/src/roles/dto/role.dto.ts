import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { NameField, Omittable, OptionalNameField } from '../../fields/field.decorators.js';
import { type Permission, PERMISSIONS, ROLE_PERMISSIONS, type RoleName, ROLES } from '../../permission.js';
import { customRoleName } from '../role-name.js';
import type { Role } from '../role.entity.js';

export class CreateRoleRequest {
  @NameField({ example: 'Reviewer' })
  name!: string;

  @ApiProperty({ enum: PERMISSIONS, enumName: 'Permission', isArray: true, description: 'At most your own.' })
  @IsArray()
  @ArrayMaxSize(PERMISSIONS.length)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  permissions!: Permission[];
}

export class UpdateRoleRequest {
  @OptionalNameField({ example: 'Reviewer' })
  name?: string;

  @ApiPropertyOptional({ enum: PERMISSIONS, enumName: 'Permission', isArray: true, description: 'At most your own.' })
  @Omittable()
  @IsArray()
  @ArrayMaxSize(PERMISSIONS.length)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  permissions?: Permission[];
}

const DESCRIPTIONS: Readonly<Record<RoleName, string>> = {
  owner: 'Everything, and naming or removing owners.',
  admin: 'Everything except naming or removing owners.',
  editor: 'Builds and publishes agents, starts and cancels runs.',
  viewer: 'Sees agents, runs and people; changes nothing.',
};

export class RoleResponse {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Of a custom role; null for a built-in one.',
  })
  id!: string | null;

  @ApiProperty({
    example: 'editor',
    description: 'What members and invitations carry: the built-in name, or `custom:<id>`.',
  })
  role!: string;

  @ApiProperty({ example: 'Reviewer', description: 'For people.' })
  name!: string;

  @ApiProperty({ description: 'Empty for custom roles.' })
  description!: string;

  @ApiProperty({ enum: PERMISSIONS, enumName: 'Permission', isArray: true })
  permissions!: Permission[];

  @ApiProperty()
  builtIn!: boolean;

  static from({ id, name, permissions }: Role): RoleResponse {
    return { id, role: customRoleName(id), name, description: '', permissions, builtIn: false };
  }

  static builtIn(role: RoleName): RoleResponse {
    const permissions = [...ROLE_PERMISSIONS[role]];
    return { id: null, role, name: role, description: DESCRIPTIONS[role], permissions, builtIn: true };
  }
}

/** All of them: built-in ones first, then custom ones by name. There are never many, so there are no pages. */
export class RoleListResponse {
  @ApiProperty({ type: [RoleResponse] })
  data!: RoleResponse[];

  static from(custom: readonly Role[]): RoleListResponse {
    return {
      data: [...ROLES.map((role) => RoleResponse.builtIn(role)), ...custom.map((role) => RoleResponse.from(role))],
    };
  }
}
