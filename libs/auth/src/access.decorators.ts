import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ACCESS, type Access } from '#platform/http';
import type { Permission } from './permission.js';

export { ACCESS, type Access, Authenticated, Public } from '#platform/http';

/** Only principals that hold this permission in the organisation they act for. */
export const RequirePermission = (permission: Permission): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'permission', permission } satisfies Access), ApiBearerAuth());
