import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SettingsSection } from '@/features/settings/settings-section';
import { agentQuery } from '@/shared/api/queries';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { AgentSettingsForm } from './agent-settings-form';
import { ChatSettingsForm } from './chat-settings-form';

const route = getRouteApi('/signed-in/agents/$agentId/settings');

/** What the agent is called and how many of its runs may be under way. */
export function AgentSettingsTab() {
  const { agentId } = route.useParams();
  return <AgentSettings agentId={agentId} />;
}

/** The same for whatever page names the agent. */
export function AgentSettings({ agentId }: { agentId: string }) {
  const agent = useQuery(agentQuery(agentId));
  if (agent.isPending) return <SkeletonRows label="settings" />;
  if (agent.isError) {
    return (
      <ErrorState title="The settings could not be loaded" error={agent.error} onRetry={() => void agent.refetch()} />
    );
  }
  return (
    <div className="w-full max-w-5xl p-4 sm:p-6">
      <SettingsSection
        title="Settings"
        intro="They hold for the agent as a whole, from now on; what its runs do is in the versions."
      >
        <AgentSettingsForm key={agentId} agent={agent.data} />
      </SettingsSection>
      <SettingsSection title="Conversations" intro="How it talks with people, and by what name programs talk to it.">
        <ChatSettingsForm key={agentId} agent={agent.data} />
      </SettingsSection>
    </div>
  );
}
