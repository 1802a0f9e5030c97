import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { teamsDelete } from '@/shared/api/generated/operations';
import type { Team } from '@/shared/api/generated/schema';
import { membersQuery, teamsQuery } from '@/shared/api/queries';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { IconButton } from '@/shared/ui/icon-button';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { SettingsBox, SettingsSection } from './settings-section';
import { TeamForm } from './team-form';

/** Groups of members. */
export function TeamsPage() {
  const teams = useQuery(teamsQuery());
  const members = useQuery(membersQuery());
  const queryClient = useQueryClient();
  const canWrite = useCan('members:write');
  const [editing, setEditing] = useState<Team | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Team | null>(null);
  const names = new Map(members.data?.data.map((member) => [member.userId, member.name ?? member.email]));
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['teams'] });
  const done = () => {
    setEditing(null);
    void refresh();
  };
  if (teams.isPending) return <SkeletonRows label="teams" />;
  if (teams.isError)
    return (
      <ErrorState title="The teams could not be loaded" error={teams.error} onRetry={() => void teams.refetch()} />
    );
  const add = canWrite && editing === null && (
    <Button icon={<Plus />} onClick={() => setEditing('new')}>
      New team
    </Button>
  );
  return (
    <SettingsSection
      title="Teams"
      intro="Groups of members, for example whom to ask for an approval."
      actions={teams.data.data.length > 0 && add}
    >
      {editing === 'new' && (
        <TeamForm members={members.data?.data ?? []} onDone={done} onCancel={() => setEditing(null)} />
      )}
      <SettingsBox>
        {teams.data.data.length === 0 && (
          <EmptyState icon={<UsersRound />} title="No teams yet" action={add}>
            A team is a name for several members.
          </EmptyState>
        )}
        <ul className="divide-line divide-y">
          {teams.data.data.map((team) =>
            editing !== null && editing !== 'new' && editing.id === team.id ? (
              <li key={team.id} className="p-3">
                <TeamForm
                  team={team}
                  members={members.data?.data ?? []}
                  onDone={done}
                  onCancel={() => setEditing(null)}
                />
              </li>
            ) : (
              <li key={team.id} className="flex items-start gap-2 px-3 py-2.5">
                <div className="min-w-0 flex-1">
                  <p className="font-medium">{team.name}</p>
                  {team.description && <p className="text-muted text-sm">{team.description}</p>}
                  <p className="text-muted text-sm">
                    {team.memberIds.map((id) => names.get(id) ?? 'a former member').join(', ') || 'No members'}
                  </p>
                </div>
                {canWrite && (
                  <>
                    <IconButton label={`Change team ${team.name}`} icon={<Pencil />} onClick={() => setEditing(team)} />
                    <IconButton
                      label={`Delete team ${team.name}`}
                      icon={<Trash2 />}
                      onClick={() => setDeleting(team)}
                    />
                  </>
                )}
              </li>
            ),
          )}
        </ul>
      </SettingsBox>
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete the team “${deleting?.name ?? ''}”?`}
        action="Delete team"
        onConfirm={async () => {
          if (deleting) await teamsDelete({ id: deleting.id });
          await refresh();
        }}
      >
        Its members stay in the organisation; only the group is gone.
      </ConfirmDialog>
    </SettingsSection>
  );
}
