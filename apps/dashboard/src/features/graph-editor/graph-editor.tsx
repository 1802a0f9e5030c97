import { useQuery } from '@tanstack/react-query';
import { draftQuery } from '@/shared/api/queries';
import { DataTable } from '@/shared/ui/data-table';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';

export interface GraphEditorProps {
  /** The agent whose draft is edited. The editor fills the height it is given. */
  agentId: string;
}

/** The draft of an agent as a list of its nodes and where they lead. */
export function GraphEditor({ agentId }: GraphEditorProps) {
  const draft = useQuery(draftQuery(agentId));
  if (draft.isPending) return <SkeletonRows label="draft" />;
  if (draft.isError) return <ErrorState title="The draft could not be loaded" error={draft.error} onRetry={() => void draft.refetch()} />;
  const { nodes, edges } = draft.data.graph;
  return (
    <DataTable
      label="Nodes"
      rows={nodes}
      rowKey={(node) => node.id}
      columns={[
        { id: 'name', header: 'Node', cell: (node) => node.name ?? node.id },
        { id: 'kind', header: 'Kind', cell: (node) => node.kind },
        {
          id: 'next',
          header: 'Leads to',
          cell: (node) =>
            edges
              .filter((edge) => edge.from === node.id)
              .map((edge) => (edge.port ? `${edge.port} → ${edge.to}` : edge.to))
              .join(', ') || <span className="text-muted">the end</span>,
        },
      ]}
    />
  );
}
