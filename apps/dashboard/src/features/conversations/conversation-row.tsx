import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download, Ellipsis, Pencil, Trash } from 'lucide-react';
import { useState } from 'react';
import { CONVERSATIONS } from '@/features/playground/chat-queries';
import { conversationsDelete } from '@/shared/api/generated/operations';
import type { Conversation } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { IconButton } from '@/shared/ui/icon-button';
import { Menu, MenuItem } from '@/shared/ui/menu';
import { RelativeTime } from '@/shared/ui/relative-time';
import { RenameForm } from './rename-form';
import { saveConversation } from './save-conversation';

/** One conversation: it opens in the playground, and has a menu for the rest. */
export function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { id, title, agentName, turns, lastMessageAt, expiresAt } = conversation;
  const queryClient = useQueryClient();
  const mayChange = useCan('executions:start');
  const [isRenaming, setRenaming] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: CONVERSATIONS });
  return (
    <li className="hover:bg-hover flex items-center gap-3 border-b px-4 py-2.5 sm:px-6">
      <div className="min-w-0 flex-1">
        {isRenaming ? (
          <RenameForm
            conversation={conversation}
            onDone={() => {
              setRenaming(false);
              void refresh();
            }}
          />
        ) : (
          <Link to="/playground" search={{ conversation: id }} className="block truncate font-medium">
            {title}
          </Link>
        )}
        <p className="text-muted flex flex-wrap gap-x-3 text-sm">
          <span className="truncate">{agentName}</span>
          <span>{turns === 1 ? '1 message' : `${turns} messages`}</span>
          <RelativeTime at={lastMessageAt} />
          {expiresAt && (
            <span>
              deleted <RelativeTime at={expiresAt} />
            </span>
          )}
        </p>
      </div>
      <Menu trigger={<IconButton label={`More about ${title}`} icon={<Ellipsis />} />}>
        <MenuItem icon={<Download />} onSelect={() => void saveConversation(id, 'markdown')}>
          Save as Markdown
        </MenuItem>
        <MenuItem icon={<Download />} onSelect={() => void saveConversation(id, 'json')}>
          Save as JSON
        </MenuItem>
        {mayChange && (
          <MenuItem icon={<Pencil />} onSelect={() => setRenaming(true)}>
            Rename
          </MenuItem>
        )}
        {mayChange && (
          <MenuItem icon={<Trash />} danger onSelect={() => setDeleting(true)}>
            Delete
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        open={isDeleting}
        onOpenChange={setDeleting}
        title={`Delete “${title}”?`}
        action="Delete conversation"
        onConfirm={async () => {
          await conversationsDelete({ id });
          await refresh();
        }}
      >
        What was said is gone for good. Its runs stay on the page Runs until they expire.
      </ConfirmDialog>
    </li>
  );
}
