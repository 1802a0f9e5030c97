import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Archive, Copy, Download, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { agentsArchive, agentsDuplicate } from '@/shared/api/generated/operations';
import type { Agent } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { IconButton } from '@/shared/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/shared/ui/menu';
import { toast } from '@/shared/ui/toaster';
import { downloadAgent } from './agent-actions';

/** What can be done with an agent as a whole. */
export function AgentMenu({ agent, onArchived }: { agent: Agent; onArchived?: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('agents:write');
  const [archiving, setArchiving] = useState(false);
  const attempt = (work: Promise<unknown>, whatFailed: string) => {
    work.catch((error: unknown) =>
      toast.error(whatFailed, { description: error instanceof ApiProblem ? error.message : undefined }),
    );
  };
  const duplicate = async () => {
    const copy = await agentsDuplicate({ id: agent.id, body: {} });
    void queryClient.invalidateQueries({ queryKey: ['agents', 'list'] });
    await navigate({ to: '/agents/$agentId', params: { agentId: copy.id } });
  };
  const archive = async () => {
    await agentsArchive({ id: agent.id });
    await queryClient.invalidateQueries({ queryKey: ['agents'] });
    onArchived?.();
  };
  return (
    <>
      <Menu trigger={<IconButton label={`More about ${agent.name}`} icon={<Ellipsis />} />}>
        {canWrite && (
          <MenuItem icon={<Copy />} onSelect={() => attempt(duplicate(), 'The agent could not be duplicated')}>
            Duplicate
          </MenuItem>
        )}
        <MenuItem icon={<Download />} onSelect={() => attempt(downloadAgent(agent), 'The agent could not be exported')}>
          Export
        </MenuItem>
        {canWrite && agent.archivedAt === null && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Archive />} danger onSelect={() => setArchiving(true)}>
              Archive…
            </MenuItem>
          </>
        )}
      </Menu>
      <ConfirmDialog
        open={archiving}
        onOpenChange={setArchiving}
        title={`Archive “${agent.name}”?`}
        action="Archive agent"
        onConfirm={archive}
      >
        It takes no new runs and leaves the list. Its versions and finished runs stay readable under “Archived”.
      </ConfirmDialog>
    </>
  );
}
