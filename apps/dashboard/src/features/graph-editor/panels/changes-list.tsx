import type { GraphChange } from '@/shared/api/generated/schema';
import { useEditor } from '../editor-context';
import { edgeWords, findNode, nodeName } from '../graph/graph';

const WORDS: Record<string, { word: string; colour: string }> = {
  'node-added': { word: 'Added', colour: 'text-success' },
  'node-removed': { word: 'Removed', colour: 'text-danger' },
  'node-changed': { word: 'Changed', colour: 'text-warning' },
  'edge-added': { word: 'Connected', colour: 'text-success' },
  'edge-removed': { word: 'Disconnected', colour: 'text-danger' },
};

/** What differs between the published version and the draft, field by field. */
export function ChangesList({ changes }: { changes: readonly GraphChange[] }) {
  const { graph, select } = useEditor();
  return (
    <ul aria-label="Changes" className="divide-line divide-y rounded-md border">
      {changes.map((change, index) => {
        const { word, colour } = WORDS[change.kind] ?? { word: change.kind, colour: 'text-muted' };
        const node = findNode(graph, change.nodeId);
        const name = change.edge ? edgeWords(graph, change.edge) : nodeName(node ?? { id: change.nodeId ?? '' });
        return (
          <li key={index} className="px-3 py-2">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className={`text-sm font-medium ${colour}`}>{word}</span>
              {node ? (
                <button
                  type="button"
                  className="hover:text-accent min-h-6 min-w-0 text-left break-words underline-offset-2 hover:underline"
                  onClick={() => select([node.id])}
                >
                  {name}
                </button>
              ) : (
                <span className="min-w-0 break-words">{name}</span>
              )}
            </p>
            {change.fields?.map((field) => (
              <FieldChange key={field.pointer} pointer={field.pointer} before={field.before} after={field.after} />
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function FieldChange({ pointer, before, after }: { pointer: string; before: unknown; after: unknown }) {
  return (
    <div className="mt-1.5">
      <p className="text-muted text-sm">
        {pointer
          .replace(/^\/config\//, '')
          .replace(/^\//, '')
          .replaceAll('/', ' › ') || 'the node'}
      </p>
      <div className="mt-1 overflow-hidden rounded-sm font-mono text-xs leading-5">
        {before !== undefined && <Line sign="−" label="before" value={before} tone="bg-danger-soft" />}
        {after !== undefined && <Line sign="+" label="after" value={after} tone="bg-success-soft" />}
      </div>
    </div>
  );
}

function Line({ sign, label, value, tone }: { sign: string; label: string; value: unknown; tone: string }) {
  return (
    <div className={`${tone} flex gap-2 px-2 py-1`}>
      <span aria-hidden className="text-muted select-none">
        {sign}
      </span>
      <span className="sr-only">{label}: </span>
      <pre className="max-h-48 min-w-0 overflow-y-auto break-words whitespace-pre-wrap">
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </pre>
    </div>
  );
}
