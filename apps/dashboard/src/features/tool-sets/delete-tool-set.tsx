import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { toolSetsDelete } from '@/shared/api/generated/operations';
import type { ToolSetDetail } from '@/shared/api/generated/schema';
import { toolsQuery } from '@/shared/api/queries';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { toolSetsQuery } from './tool-set-queries';

/** The server refuses it while published agents use one of its tools, and names them. */
export function DeleteToolSet({ set, onClose }: { set: ToolSetDetail; onClose: () => void }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the tool set “${set.name}”?`}
      action="Delete tool set"
      onConfirm={async () => {
        await toolSetsDelete({ id: set.id });
        void queryClient.invalidateQueries({ queryKey: toolSetsQuery().queryKey });
        void queryClient.invalidateQueries({ queryKey: toolsQuery().queryKey });
        await navigate({ to: '/tools/sets' });
      }}
    >
      Its {set.toolCount === 1 ? 'tool is' : `${set.toolCount} tools are`} gone, and what was decided about them. The
      other side is told nothing.
    </ConfirmDialog>
  );
}
