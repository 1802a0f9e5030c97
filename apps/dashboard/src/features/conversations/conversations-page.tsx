import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { MessagesSquare, Plus } from 'lucide-react';
import { conversationsQuery } from '@/features/playground/chat-queries';
import { usePublishedAgents } from '@/features/playground/agent-select';
import type { Conversation } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { NextPage } from '@/shared/ui/next-page';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { PageHeader } from '@/shared/ui/page-header';
import { Select } from '@/shared/ui/select';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { ConversationRow } from './conversation-row';

const route = getRouteApi('/signed-in/conversations');

/** What you have said to agents. Nobody else can see it. */
export function ConversationsPage() {
  const { agent } = route.useSearch();
  const navigate = route.useNavigate();
  const { agents } = usePublishedAgents();
  const conversations = useInfiniteQuery(conversationsQuery(agent));
  const rows = conversations.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <PageHeader
        title="Conversations"
        details="Your own: nobody else sees them."
        actions={
          <>
            <Select
              aria-label="Agent"
              className="max-w-52"
              placeholder="All agents"
              options={agents.map(({ id, name }) => ({ value: id, label: name }))}
              value={agent ?? ''}
              onChange={(event) => void navigate({ search: { agent: event.target.value || undefined } })}
            />
            <Button variant="primary" icon={<Plus />} asChild>
              <Link to="/playground" search={{ agent }}>
                New conversation
              </Link>
            </Button>
          </>
        }
      />
      <div className="bg-surface min-h-0 flex-1 overflow-y-auto">
        <List conversations={conversations} rows={rows} agent={agent} />
        <NextPage of={conversations}>Older conversations</NextPage>
      </div>
    </>
  );
}

interface ListProps {
  conversations: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  rows: readonly Conversation[];
  agent: string | undefined;
}

function List({ conversations, rows, agent }: ListProps) {
  if (conversations.isPending) return <SkeletonRows label="conversations" />;
  if (conversations.isError && rows.length === 0)
    return (
      <ErrorState
        title="The conversations could not be loaded"
        error={conversations.error}
        onRetry={() => void conversations.refetch()}
      />
    );
  if (rows.length === 0 && agent !== undefined)
    return (
      <EmptyState
        title="No conversation with this agent"
        action={
          <Button asChild>
            <Link to="/conversations">Show all</Link>
          </Button>
        }
      />
    );
  if (rows.length === 0)
    return (
      <EmptyState
        icon={<MessagesSquare />}
        title="No conversations yet"
        action={
          <Button asChild>
            <Link to="/playground">Open the playground</Link>
          </Button>
        }
      >
        What you say to an agent is kept here, so that you can go on with it later.
      </EmptyState>
    );
  return (
    <ul aria-label="Conversations">
      {rows.map((conversation) => (
        <ConversationRow key={conversation.id} conversation={conversation} />
      ))}
    </ul>
  );
}
