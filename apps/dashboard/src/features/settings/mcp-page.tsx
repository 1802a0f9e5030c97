import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plug } from 'lucide-react';
import type { OfferedTool } from '@/shared/api/generated/schema';
import { mcpToolsQuery } from '@/shared/api/queries';
import { Button } from '@/shared/ui/button';
import { NextPage } from '@/shared/ui/next-page';
import { DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { ConnectMcpClient } from './connect-mcp-client';
import { SettingsBox, SettingsSection } from './settings-section';

/** How other people's assistants come to call the organisation's agents. */
export function McpPage() {
  const tools = useInfiniteQuery(mcpToolsQuery());
  if (tools.isPending) return <SkeletonRows label="the agents that are offered" />;
  if (tools.isError) {
    return (
      <ErrorState
        title="The agents that are offered could not be loaded"
        error={tools.error}
        onRetry={() => void tools.refetch()}
      />
    );
  }
  const rows = tools.data.pages.flatMap((page) => page.data);
  return (
    <>
      <ConnectMcpClient url={tools.data.pages[0]?.url ?? ''} />
      <SettingsSection
        title="Agents offered as tools"
        intro="Every published agent whose start node asks for an object. What stands in its description is what the client’s model goes by."
      >
        <SettingsBox>{rows.length === 0 ? <NothingOffered /> : <OfferedTools tools={rows} />}</SettingsBox>
        <NextPage of={tools} />
      </SettingsSection>
    </>
  );
}

function OfferedTools({ tools }: { tools: readonly OfferedTool[] }) {
  return (
    <DataTable
      label="Agents offered as tools"
      rows={tools}
      rowKey={(tool) => tool.name}
      columns={[
        {
          id: 'agent',
          header: 'Agent',
          className: 'py-1.5',
          cell: (tool) => (
            <Link to="/agents/$agentId" params={{ agentId: tool.agentId }} className="font-medium hover:underline">
              {tool.agentName}
            </Link>
          ),
        },
        { id: 'name', header: 'Tool', cell: (tool) => <span className="font-mono text-xs">{tool.name}</span> },
        {
          id: 'description',
          header: 'Description',
          from: 'md',
          className: 'py-1.5',
          cell: (tool) =>
            tool.description === '' ? (
              <span className="text-muted">None; add one in its settings</span>
            ) : (
              tool.description
            ),
        },
      ]}
    />
  );
}

function NothingOffered() {
  return (
    <EmptyState
      icon={<Plug />}
      title="No agent can be called yet"
      action={
        <Button asChild>
          <Link to="/agents">Go to the agents</Link>
        </Button>
      }
    >
      Give the start node of an agent an input schema of the type object and publish it.
    </EmptyState>
  );
}
