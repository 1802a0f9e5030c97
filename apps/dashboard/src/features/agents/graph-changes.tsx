import type { GraphChange } from '@/shared/api/generated/schema';
import { ChangedValue } from '@/shared/ui/changed-value';

const WORDS: Record<GraphChange['kind'], string> = {
  'node-added': 'Added',
  'node-removed': 'Removed',
  'node-changed': 'Changed',
  'edge-added': 'Connected',
  'edge-removed': 'Disconnected',
};

const COLOURS: Record<GraphChange['kind'], string> = {
  'node-added': 'text-success',
  'node-removed': 'text-danger',
  'node-changed': 'text-warning',
  'edge-added': 'text-success',
  'edge-removed': 'text-danger',
};

export interface GraphChangesProps {
  changes: readonly GraphChange[];
  from: number;
  to: number;
}

/** What differs between two graphs, node by node, field by field. */
export function GraphChanges({ changes, from, to }: GraphChangesProps) {
  if (changes.length === 0)
    return (
      <p className="text-muted">
        Versions {from} and {to} hold the same graph.
      </p>
    );
  return (
    <ul aria-label={`Changes from version ${from} to ${to}`} className="divide-line divide-y rounded-md border">
      {changes.map((change, index) => (
        <li key={index} className="p-3">
          <p className="flex flex-wrap gap-x-2">
            <span className={`font-medium ${COLOURS[change.kind]}`}>{WORDS[change.kind]}</span>
            <span className="font-mono text-sm">{change.nodeId ?? (change.edge && edgeText(change.edge))}</span>
          </p>
          {change.fields?.map((field) => (
            <div key={field.pointer} className="mt-2">
              <p className="text-muted font-mono text-xs">{field.pointer}</p>
              <ChangedValue before={field.before} after={field.after} />
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

function edgeText(edge: { from: string; to: string; port?: string }): string {
  return `${edge.from}${edge.port ? ` (${edge.port})` : ''} → ${edge.to}`;
}
