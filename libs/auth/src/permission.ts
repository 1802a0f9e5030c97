/** Everything that can be allowed. Routes name one; API keys carry some as their scopes. */
export const PERMISSIONS = [
  'agents:read',
  'agents:write',
  'agents:publish',
  'executions:read',
  'executions:start',
  'executions:cancel',
  'executions:decide',
  'triggers:read',
  'triggers:write',
  'webhooks:read',
  'webhooks:write',
  'tools:run',
  'integrations:read',
  'integrations:use',
  'integrations:write',
  'models:call',
  'models:write',
  'prompts:read',
  'prompts:write',
  'billing:read',
  'billing:write',
  'org:read',
  'org:write',
  'members:read',
  'members:write',
  'keys:read',
  'keys:write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** The four built-in roles, widest first. */
export const ROLES = ['owner', 'admin', 'editor', 'viewer'] as const;

export type RoleName = (typeof ROLES)[number];

const VIEWER: Permission[] = [
  'agents:read',
  'executions:read',
  'triggers:read',
  'integrations:read',
  'prompts:read',
  'billing:read',
  'org:read',
  'members:read',
];
const EDITOR: Permission[] = [
  ...VIEWER,
  'agents:write',
  'agents:publish',
  'executions:start',
  'executions:cancel',
  'executions:decide',
  'triggers:write',
  'tools:run',
  'integrations:use',
  'integrations:write',
  'models:call',
  'prompts:write',
];

/** What each role may do. An owner differs from an admin in what the service checks: only owners name or remove owners. */
export const ROLE_PERMISSIONS: Readonly<Record<RoleName, readonly Permission[]>> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  editor: EDITOR,
  viewer: VIEWER,
};
