import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Field } from '@/shared/ui/field';
import { Inspector } from '@/shared/ui/inspector';
import { Select } from '@/shared/ui/select';
import { useEditor } from '../editor-context';
import { makeEdge } from '../graph/edit-edges';
import { DEFAULT_PORT, edgeKey, edgeWords, findNode, nodeName, portOf, type GraphEdge } from '../graph/graph';
import { nodePorts } from '../graph/node-ports';
import { useGraphActions } from '../use-graph-actions';

/** One connection: its ends, its port, and what is wrong with it. */
export function EdgeInspector({ edge }: { edge: GraphEdge }) {
  const { graph, kindOf, readOnly, problems, closeSide, select, selectEdge } = useEditor();
  const { addAfterSelection, moveEnd, removeEdge } = useGraphActions();
  const key = edgeKey(edge);
  const from = findNode(graph, edge.from);
  const ports = from ? nodePorts(from, kindOf(from.kind), graph) : [];
  return (
    <Inspector title="Connection" details={edgeWords(graph, edge)} onClose={closeSide}>
      <div className="flex flex-col gap-4 p-4">
        {problems
          .filter((problem) => problem.edge === key)
          .map((problem) => (
            <Callout key={problem.code} tone="danger">
              {problem.message}
            </Callout>
          ))}
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1">
          {(['from', 'to'] as const).map((end) => {
            const node = findNode(graph, edge[end]);
            return (
              <div key={end} className="contents">
                <dt className="text-muted text-sm">{end === 'from' ? 'From' : 'To'}</dt>
                <dd className="min-w-0">
                  {node ? (
                    <Button size="sm" variant="quiet" className="max-w-full" onClick={() => select([node.id])}>
                      <span className="truncate">{nodeName(node)}</span>
                    </Button>
                  ) : (
                    <span className="text-danger px-2">{edge[end]} (does not exist)</span>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
        <fieldset disabled={readOnly} className="contents">
          {ports.length > 1 && (
            <Field label="Port" hint="The way by which the first node has to end for this connection to be followed.">
              {(control) => (
                <Select
                  {...control}
                  options={ports.map(({ name }) => ({ value: name, label: name === DEFAULT_PORT ? 'then' : name }))}
                  value={portOf(edge)}
                  onChange={(event) => {
                    const next = makeEdge(edge.from, edge.to, event.target.value);
                    moveEnd(key, next);
                    selectEdge(edgeKey(next));
                  }}
                />
              )}
            </Field>
          )}
        </fieldset>
        {!readOnly && (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" icon={<Plus />} onClick={addAfterSelection}>
              Put a node in between
            </Button>
            <Button size="sm" icon={<Trash2 />} onClick={() => removeEdge(key)}>
              Disconnect
            </Button>
          </div>
        )}
      </div>
    </Inspector>
  );
}
