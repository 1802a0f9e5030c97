import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { classNames } from '@/shared/ui/class-names';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { PageHeader } from '@/shared/ui/page-header';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { Tabs } from '@/shared/ui/tabs';
import { AgentSelect, usePublishedAgents } from './agent-select';
import { conversationQuery } from './chat-queries';
import { CodePanel } from './code-panel';
import { Composer } from './composer';
import { ConversationPane, NothingSaid } from './conversation-pane';
import { areRight, NO_PARAMETERS } from './parameters';
import { ParametersPanel } from './parameters-panel';
import { LastRunJson } from './run-json';
import { useSend } from './use-send';

const route = getRouteApi('/signed-in/playground');

/** A conversation with an agent, with everything that happens on the way. */
export function PlaygroundPage() {
  const { agents, isPending, error, retry } = usePublishedAgents();
  if (isPending) return <SkeletonRows label="agents" />;
  if (error) return <ErrorState title="The agents could not be loaded" error={error} onRetry={retry} />;
  if (agents.length === 0)
    return (
      <EmptyState
        wholePage
        title="Nobody to talk to yet"
        action={
          <Button variant="primary" asChild>
            <Link to="/agents/new">Make an agent</Link>
          </Button>
        }
      >
        Publish an agent first: one with a “Language model” step answers what you say.
      </EmptyState>
    );
  return <Playground agents={agents} />;
}

function Playground({ agents }: { agents: ReturnType<typeof usePublishedAgents>['agents'] }) {
  const { agent: chosen, conversation: conversationId, view = 'chat' } = route.useSearch();
  const navigate = route.useNavigate();
  const mayTalk = useCan('executions:start');
  const mayTry = useCan('agents:write');
  const [parameters, setParameters] = useState(NO_PARAMETERS);
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState('');
  const conversation = useQuery({ ...conversationQuery(conversationId ?? ''), enabled: conversationId !== undefined });
  const agentId = conversation.data?.agentId ?? chosen ?? agents[0]?.id ?? '';
  const agent = agents.find(({ id }) => id === agentId);
  const send = useSend(({ conversationId: id }) => {
    if (id !== conversationId) void navigate({ search: (before) => ({ ...before, conversation: id }), replace: true });
  });
  const say = async (message: string): Promise<boolean> => {
    setSaid(message);
    const what = { agentId, version: undefined, conversationId, message, parameters };
    return send.mutateAsync(what).then(
      () => true,
      () => false,
    );
  };
  const isRight = areRight(parameters);
  const settings = (
    <div className="flex flex-col gap-6 p-4">
      <AgentSelect
        agents={agents}
        value={agentId}
        disabled={conversationId !== undefined}
        onChange={(id) => void navigate({ search: (before) => ({ ...before, agent: id || undefined }) })}
      />
      {mayTry && <ParametersPanel parameters={parameters} onChange={setParameters} />}
      {agent && <CodePanel slug={agent.slug} message={typed || said} parameters={parameters} />}
    </div>
  );
  const chat = (
    <div className="flex h-full min-h-0 flex-col">
      {conversationId === undefined ? (
        <NothingSaid agentName={agent?.name} />
      ) : (
        <ConversationPane
          key={conversationId}
          conversationId={conversationId}
          onRetry={mayTalk ? (message) => void say(message) : undefined}
        />
      )}
      {send.isError && (
        <div className="px-4 pb-2 sm:px-6">
          <Callout tone="danger" announce title="The message was not taken in">
            {send.error instanceof ApiProblem ? send.error.message : 'Try again.'}
          </Callout>
        </div>
      )}
      {mayTalk ? (
        <Composer pending={send.isPending} disabled={!isRight || agentId === ''} onSend={say} onChange={setTyped} />
      ) : (
        <p className="text-muted border-t p-3 sm:px-6">Owners, admins and editors can talk to agents.</p>
      )}
    </div>
  );
  return (
    <>
      <PageHeader
        title={conversation.data?.title ?? 'Playground'}
        above={conversationId !== undefined && <Link to="/conversations">Conversations</Link>}
        actions={
          <>
            <Button
              className="lg:hidden"
              icon={<SlidersHorizontal />}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              Settings
            </Button>
            {conversationId !== undefined && (
              <Button
                icon={<Plus />}
                onClick={() =>
                  void navigate({ search: { agent: agentId || undefined, view: view === 'chat' ? undefined : view } })
                }
              >
                New conversation
              </Button>
            )}
          </>
        }
      />
      <div className="bg-surface flex min-h-0 flex-1">
        <Tabs
          label="Conversation"
          className={classNames('min-w-0 flex-1', isOpen && 'max-lg:hidden')}
          value={view}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, view: next === 'json' ? 'json' : undefined }),
              replace: true,
            })
          }
          items={[
            { value: 'chat', label: 'Chat', content: chat },
            {
              value: 'json',
              label: 'JSON',
              content: (
                <div className="h-full overflow-y-auto">
                  <LastRunJson conversationId={conversationId} />
                </div>
              ),
            },
          ]}
        />
        <aside
          aria-label="Settings"
          className={classNames(
            'min-h-0 w-80 shrink-0 overflow-y-auto border-l max-lg:w-full max-lg:border-l-0',
            !isOpen && 'max-lg:hidden',
          )}
        >
          {settings}
        </aside>
      </div>
    </>
  );
}
