import { type Permission, PERMISSIONS, ROLE_PERMISSIONS, type RoleName, ROLES } from '../permission.js';

const CUSTOM = /^custom:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** How a custom role is written in a membership. */
export function customRoleName(id: string): string {
  return `custom:${id}`;
}

/** The id of a custom role, or null for any other name. */
export function customRoleId(role: string): string | null {
  return CUSTOM.exec(role)?.[1] ?? null;
}

export function isBuiltInRole(role: string): role is RoleName {
  return (ROLES as readonly string[]).includes(role);
}

/**
 * What a role may do.
 * @param customPermissions of the Role row; null when the role is built in or its row is gone, which allows nothing
 */
export function permissionsOfRole(role: string, customPermissions: readonly string[] | null): readonly Permission[] {
  if (isBuiltInRole(role)) return ROLE_PERMISSIONS[role];
  return PERMISSIONS.filter((permission) => customPermissions?.includes(permission));
}
