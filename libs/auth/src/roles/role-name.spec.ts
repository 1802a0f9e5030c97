import { PERMISSIONS } from '../permission.js';
import { customRoleId, customRoleName, permissionsOfRole } from './role-name.js';

const ID = '019f0000-0000-7000-8000-000000000000';

describe('role names', () => {
  it('lead from a custom role to its name and back', () => {
    expect(customRoleId(customRoleName(ID))).toBe(ID);
    expect(customRoleId('owner')).toBeNull();
    expect(customRoleId("custom:' OR 1=1")).toBeNull();
  });

  it('allow what the built-in role allows, whatever a row says', () => {
    expect(permissionsOfRole('admin', [])).toEqual(PERMISSIONS);
    expect(permissionsOfRole('viewer', [...PERMISSIONS])).not.toContain('org:write');
  });

  it('allow nothing when the row is gone, and nothing that is no permission', () => {
    expect(permissionsOfRole(customRoleName(ID), null)).toEqual([]);
    expect(permissionsOfRole(customRoleName(ID), ['org:read', 'root'])).toEqual(['org:read']);
    expect(permissionsOfRole('emperor', null)).toEqual([]);
  });
});
