import type { GraphChange } from '@/shared/api/generated/schema';

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
              <div className="mt-1 grid gap-2 sm:grid-cols-2">
                <FieldValue label="before" value={field.before} tone="bg-danger-soft" />
                <FieldValue label="after" value={field.after} tone="bg-success-soft" />
              </div>
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

function FieldValue({ label, value, tone }: { label: string; value: unknown; tone: string }) {
  const text = typeof value === 'string' ? value : value === undefined ? 'not set' : JSON.stringify(value, null, 2);
  return (
    <div className={`${tone} min-w-0 rounded-sm p-2`}>
      <p className="text-muted text-xs">{label}</p>
      <pre className="font-mono text-sm break-words whitespace-pre-wrap">{text}</pre>
    </div>
  );
}

function edgeText(edge: { from: string; to: string; port?: string }): string {
  return `${edge.from}${edge.port ? ` (${edge.port})` : ''} → ${edge.to}`;
}
