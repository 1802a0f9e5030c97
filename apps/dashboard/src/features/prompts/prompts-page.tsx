import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus, ScrollText } from 'lucide-react';
import { LibraryPage, type LibrarySearch } from '@/shared/library/library-page';
import { LibraryTable } from '@/shared/library/library-table';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { PromptMenu } from './prompt-menu';
import { promptDraftQuery, promptQuery, promptsQuery } from './prompt-queries';

const route = getRouteApi('/signed-in/prompts');

/** The prompt library of the organisation. */
export function PromptsPage() {
  const shown = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = useCan('prompts:write');
  return (
    <LibraryPage
      title="Prompts"
      searchLabel="Search prompts by name or description"
      placeholder="Search"
      shown={shown}
      onShow={(search) => void navigate({ search, replace: true })}
      actions={
        canWrite && (
          <Button asChild variant="primary">
            <Link to="/prompts/new">
              <Plus /> New prompt
            </Link>
          </Button>
        )
      }
    >
      {(clear) => <PromptsList shown={shown} onClear={clear} />}
    </LibraryPage>
  );
}

function PromptsList({ shown, onClear }: { shown: LibrarySearch; onClear: () => void }) {
  const prompts = useInfiniteQuery(promptsQuery({ search: shown.search, archived: shown.archived }));
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  return (
    <LibraryTable
      words={{ one: 'prompt', many: 'prompts' }}
      items={prompts}
      shown={shown}
      onClear={onClear}
      searched="its name or description"
      none={<NoPrompts />}
      name={(prompt) => (
        <Link
          to="/prompts/$promptId"
          params={{ promptId: prompt.id }}
          className="hover:text-accent block truncate font-mono font-medium underline-offset-2 hover:underline"
        >
          {prompt.name}
        </Link>
      )}
      changedAt={(prompt) => prompt.draftUpdatedAt}
      menu={(prompt) => <PromptMenu prompt={prompt} />}
      onOpen={(prompt) => void navigate({ to: '/prompts/$promptId', params: { promptId: prompt.id } })}
      onApproach={(prompt) => {
        void queryClient.prefetchQuery(promptQuery(prompt.id));
        void queryClient.prefetchQuery(promptDraftQuery(prompt.id));
      }}
    />
  );
}

function NoPrompts() {
  const canWrite = useCan('prompts:write');
  return (
    <EmptyState
      icon={<ScrollText />}
      title="No prompts yet"
      action={
        canWrite && (
          <Button asChild variant="primary">
            <Link to="/prompts/new">Write the first prompt</Link>
          </Button>
        )
      }
    >
      <p>
        A prompt of the library is written once and used by many agents. Its variables, such as{' '}
        <code className="text-accent">{'{{ text }}'}</code>, are filled in by each of them.
      </p>
      <p className="mt-2">
        Try it beside another wording or model, publish it, and each agent keeps the version that it was published with.
      </p>
    </EmptyState>
  );
}
