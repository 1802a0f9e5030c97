import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { rolesQuery } from '@/shared/api/queries';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { SettingsBox, SettingsSection } from './settings-section';

/** What each role may do, side by side. */
export function RolesPage() {
  const roles = useQuery(rolesQuery());
  if (roles.isPending) return <SkeletonRows label="roles" />;
  if (roles.isError)
    return (
      <ErrorState title="The roles could not be loaded" error={roles.error} onRetry={() => void roles.refetch()} />
    );
  const all = roles.data.data;
  const permissions = [...new Set(all.flatMap((role) => role.permissions))].sort();
  return (
    <SettingsSection
      title="Roles"
      intro="A member has one role in each organisation. Only an owner can hand over or delete the organisation."
    >
      <SettingsBox>
        <div className="overflow-x-auto">
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b text-left align-bottom">
                <th scope="col" className="text-muted px-3 py-2 font-medium">
                  Permission
                </th>
                {all.map((role) => (
                  <th
                    key={role.name}
                    scope="col"
                    title={role.description}
                    className="px-1.5 py-2 text-center font-medium sm:px-3"
                  >
                    {role.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {permissions.map((permission) => (
                <tr key={permission} className="border-b last:border-b-0">
                  <th scope="row" className="h-8 px-3 text-left font-mono text-xs font-normal">
                    {permission}
                  </th>
                  {all.map((role) => (
                    <td key={role.name} className="px-1.5 text-center sm:px-3">
                      {role.permissions.includes(permission) ? (
                        <Check role="img" aria-label="allowed" className="text-success mx-auto size-4" />
                      ) : (
                        <span className="text-muted" aria-label="not allowed" role="img">
                          –
                        </span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </SettingsBox>
    </SettingsSection>
  );
}
