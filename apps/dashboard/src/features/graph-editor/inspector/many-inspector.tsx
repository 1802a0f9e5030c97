import { Copy, Trash2 } from 'lucide-react';
import { Button } from '@/shared/ui/button';
import { Inspector } from '@/shared/ui/inspector';
import { useEditor } from '../editor-context';
import { nodeName } from '../graph/graph';
import { useGraphActions } from '../use-graph-actions';

/** What can be done with several nodes at once. */
export function ManyInspector() {
  const { graph, selection, readOnly, select, closeSide } = useEditor();
  const { duplicateSelection, removeSelection } = useGraphActions();
  const chosen = graph.nodes.filter((node) => selection.nodes.has(node.id));
  return (
    <Inspector title={`${chosen.length} nodes`} onClose={closeSide}>
      <div className="flex flex-col gap-3 p-4">
        <ul aria-label="Chosen nodes" className="flex flex-col">
          {chosen.map((node) => (
            <li key={node.id}>
              <button
                type="button"
                className="hover:bg-hover min-h-7 w-full truncate rounded-sm px-2 text-left"
                onClick={() => select([node.id])}
              >
                {nodeName(node)}
              </button>
            </li>
          ))}
        </ul>
        {!readOnly && (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" icon={<Copy />} onClick={duplicateSelection}>
              Duplicate
            </Button>
            <Button size="sm" icon={<Trash2 />} onClick={removeSelection}>
              Delete
            </Button>
          </div>
        )}
      </div>
    </Inspector>
  );
}
