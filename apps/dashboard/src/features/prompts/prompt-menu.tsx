import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Copy, Ellipsis, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { promptsArchive, promptsDelete, promptsDuplicate, promptsUnarchive } from '@/shared/api/generated/operations';
import type { Prompt } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { IconButton } from '@/shared/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/shared/ui/menu';
import { toast } from '@/shared/ui/toaster';

/** What can be done with a prompt as a whole. */
export function PromptMenu({ prompt, onGone }: { prompt: Prompt; onGone?: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('prompts:write');
  const [asking, setAsking] = useState<'archive' | 'delete' | null>(null);
  if (!canWrite) return null;
  const attempt = (work: Promise<unknown>, whatFailed: string) => {
    work.catch((error: unknown) =>
      toast.error(whatFailed, { description: error instanceof ApiProblem ? error.message : undefined }),
    );
  };
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['prompts'] });
  const duplicate = async () => {
    const copy = await promptsDuplicate({ id: prompt.id, body: {} });
    void refresh();
    await navigate({ to: '/prompts/$promptId', params: { promptId: copy.id } });
  };
  const unarchive = async () => {
    await promptsUnarchive({ id: prompt.id });
    await refresh();
  };
  const archive = async () => {
    await promptsArchive({ id: prompt.id });
    onGone?.();
    await refresh();
  };
  const remove = async () => {
    await promptsDelete({ id: prompt.id });
    onGone?.();
    queryClient.removeQueries({ queryKey: ['prompts', 'one', prompt.id] });
    await queryClient.invalidateQueries({ queryKey: ['prompts', 'list'] });
  };
  return (
    <>
      <Menu trigger={<IconButton label={`More about ${prompt.name}`} icon={<Ellipsis />} />}>
        <MenuItem icon={<Copy />} onSelect={() => attempt(duplicate(), 'The prompt could not be duplicated')}>
          Duplicate
        </MenuItem>
        {prompt.archivedAt === null ? (
          <MenuItem icon={<Archive />} onSelect={() => setAsking('archive')}>
            Archive…
          </MenuItem>
        ) : (
          <MenuItem
            icon={<ArchiveRestore />}
            onSelect={() => attempt(unarchive(), 'The prompt could not be taken back into use')}
          >
            Take back into use
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setAsking('delete')}>
          Delete…
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={asking === 'archive'}
        onOpenChange={(open) => setAsking(open ? 'archive' : null)}
        title={`Archive “${prompt.name}”?`}
        action="Archive prompt"
        onConfirm={archive}
      >
        It leaves the list and no agent can be published with it. Everything stays readable under “Archived”.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'delete'}
        onOpenChange={(open) => setAsking(open ? 'delete' : null)}
        title={`Delete “${prompt.name}”?`}
        action="Delete prompt"
        typeToConfirm={prompt.name}
        onConfirm={remove}
      >
        The draft and all versions are gone for good. Runs keep the words that were sent to the model.
      </ConfirmDialog>
    </>
  );
}
