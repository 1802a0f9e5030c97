import { useQuery, useQueryClient } from '@tanstack/react-query';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { membersRemove, membersUpdate } from '@/shared/api/generated/operations';
import type { Member } from '@/shared/api/generated/schema';
import { membersQuery, rolesQuery } from '@/shared/api/queries';
import { useCan, useMe } from '@/shared/session/use-session';
import { Badge } from '@/shared/ui/badge';
import { Callout } from '@/shared/ui/callout';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { DataTable } from '@/shared/ui/data-table';
import { ErrorState } from '@/shared/ui/error-state';
import { IconButton } from '@/shared/ui/icon-button';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Select } from '@/shared/ui/select';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { SettingsBox, SettingsSection } from './settings-section';

/** The members, their roles, and the way out. */
export function MembersSection() {
  const members = useQuery(membersQuery());
  const roles = useQuery(rolesQuery());
  const queryClient = useQueryClient();
  const canWrite = useCan('members:write');
  const { user } = useMe();
  const [leaving, setLeaving] = useState<Member | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['members'] });
  const changeRole = async (member: Member, role: string) => {
    setProblem(null);
    try {
      await membersUpdate({ userId: member.userId, body: { role } });
    } catch (error) {
      setProblem(`${member.email} keeps the role ${member.role}. ${error instanceof ApiProblem ? error.message : ''}`);
    }
    await refresh();
  };
  const roleNames = roles.data?.data.map((role) => role.name) ?? [];
  return (
    <SettingsSection title="Members">
      {problem && (
        <Callout tone="danger" announce className="mb-3">
          {problem}
        </Callout>
      )}
      <SettingsBox>
        {members.isPending ? (
          <SkeletonRows label="members" rows={3} />
        ) : members.isError ? (
          <ErrorState
            title="The members could not be loaded"
            error={members.error}
            onRetry={() => void members.refetch()}
          />
        ) : (
          <DataTable
            label="Members"
            rows={members.data.data}
            rowKey={(member) => member.userId}
            columns={[
              {
                id: 'person',
                header: 'Person',
                className: 'py-1.5',
                cell: (member) => (
                  <>
                    <span className="flex items-center gap-2 font-medium">
                      {member.name ?? member.email} {member.userId === user.id && <Badge>You</Badge>}
                    </span>
                    {member.name && <span className="text-muted">{member.email}</span>}
                  </>
                ),
              },
              {
                id: 'role',
                header: 'Role',
                cell: (member) =>
                  canWrite && member.userId !== user.id ? (
                    <Select
                      aria-label={`Role of ${member.email}`}
                      className="w-32"
                      value={member.role}
                      options={[...new Set([member.role, ...roleNames])].map((name) => ({ value: name, label: name }))}
                      onChange={(event) => void changeRole(member, event.target.value)}
                    />
                  ) : (
                    member.role
                  ),
              },
              { id: 'joined', header: 'Joined', from: 'sm', cell: (member) => <RelativeTime at={member.joinedAt} /> },
              {
                id: 'remove',
                header: <span className="sr-only">Actions</span>,
                align: 'end',
                cell: (member) =>
                  canWrite &&
                  member.userId !== user.id && (
                    <IconButton
                      label={`Remove ${member.email}`}
                      icon={<UserMinus />}
                      onClick={() => setLeaving(member)}
                    />
                  ),
              },
            ]}
          />
        )}
      </SettingsBox>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title={`Remove ${leaving?.email ?? ''}?`}
        action="Remove member"
        onConfirm={async () => {
          if (leaving) await membersRemove({ userId: leaving.userId });
          await refresh();
        }}
      >
        They lose access at once, and the API keys they made stop working. Agents and runs stay. They can be invited
        again.
      </ConfirmDialog>
    </SettingsSection>
  );
}
