import { X } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { classNames } from '@/shared/ui/class-names';
import { IconButton } from '@/shared/ui/icon-button';
import { NodeIcon } from '../canvas/node-icon';
import { problemWords } from '../canvas/flow-elements';
import { useEditor } from '../editor-context';
import { edgesFrom } from '../graph/edit-edges';
import { moveNodes } from '../graph/edit-nodes';
import { DEFAULT_PORT, edgeKey, findNode, nodeName, portOf, type GraphNode } from '../graph/graph';
import { isWayBack, loopBodies, loopDepth, withBodiesTogether } from '../graph/loops';
import { nodePorts } from '../graph/node-ports';
import { inRunningOrder } from '../graph/runs-before';

const STEP_PX = 20;
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The same graph as a list in the order of the run: for screen readers, for the keyboard, and for reading it top to bottom. */
export function Outline() {
  const { graph, toggleOutline, selectedId, select, edit, readOnly } = useEditor();
  const list = useRef<HTMLOListElement>(null);
  const nodes = withBodiesTogether(graph, inRunningOrder(graph));
  const current = selectedId ?? nodes[0]?.id;

  const onKeyDown = (event: KeyboardEvent, node: GraphNode) => {
    const index = nodes.indexOf(node);
    const direction = MOVES[event.key];
    if (event.altKey && direction && !readOnly) {
      event.preventDefault();
      const { x, y } = node.position ?? { x: 0, y: 0 };
      const to = { x: x + direction[0] * STEP_PX, y: y + direction[1] * STEP_PX };
      edit(moveNodes(graph, new Map([[node.id, to]])), `move ${nodeName(node)}`, { mergeKey: `move ${node.id}` });
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = { ArrowDown: nodes[index + 1], ArrowUp: nodes[index - 1], Home: nodes[0], End: nodes.at(-1) }[
      event.key
    ];
    if (!next) return;
    event.preventDefault();
    select([next.id]);
    list.current?.querySelector<HTMLElement>(`[data-outline-node="${CSS.escape(next.id)}"]`)?.focus();
  };

  return (
    <section aria-label="Outline" className="bg-surface flex h-full min-h-0 flex-col">
      <div className="flex min-h-11 shrink-0 items-center gap-2 border-b pr-1.5 pl-4">
        <h2 className="flex-1 font-medium">Outline</h2>
        <IconButton label="Close the outline" shortcut="O" icon={<X />} onClick={toggleOutline} />
      </div>
      <p id="outline-keys" className="sr-only">
        Arrows go through the nodes, Alt with arrows moves one on the canvas. F2 renames, E edits, C connects, Delete
        removes a node or connection.
      </p>
      <ol ref={list} aria-describedby="outline-keys" className="min-h-0 flex-1 overflow-y-auto p-1.5">
        {nodes.map((node) => (
          <OutlineNode key={node.id} node={node} isCurrent={node.id === current} onKeyDown={onKeyDown} />
        ))}
      </ol>
    </section>
  );
}

interface OutlineNodeProps {
  node: GraphNode;
  /** The one that Tab reaches. */
  isCurrent: boolean;
  onKeyDown: (event: KeyboardEvent, node: GraphNode) => void;
}

function OutlineNode({ node, isCurrent, onKeyDown }: OutlineNodeProps) {
  const { graph, kindOf, problems, selection, select, selectEdge } = useEditor();
  const kind = kindOf(node.kind);
  const isSelected = selection.nodes.has(node.id);
  const wrong = problems.filter((problem) => problem.nodeId === node.id).length;
  const edges = edgesFrom(graph, node.id, nodePorts(node, kind, graph));
  const inside = loopDepth(graph, node.id);
  const body = loopBodies(graph).get(node.id);
  return (
    <li style={{ paddingLeft: Math.min(inside, 4) * 16 }}>
      <button
        type="button"
        data-outline-node={node.id}
        tabIndex={isCurrent ? 0 : -1}
        aria-current={isSelected || undefined}
        className={classNames(
          'flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left focus-visible:outline-offset-[-2px] [&_svg]:size-4 [&_svg]:shrink-0',
          isSelected ? 'bg-selected' : 'hover:bg-hover',
        )}
        onClick={() => select([node.id])}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && select([node.id])}
        onKeyDown={(event) => onKeyDown(event, node)}
      >
        <span className="text-muted">
          <NodeIcon name={kind?.icon} />
        </span>
        <span className="min-w-0 flex-1 truncate">
          {nodeName(node)}
          {inside > 0 && (
            <span className="sr-only">, in the body of {inside === 1 ? 'a loop' : `${inside} loops`}</span>
          )}
        </span>
        <span className="text-muted max-w-32 truncate text-sm">
          {kind?.title ?? node.kind}
          {body && `, ${body.size} inside`}
        </span>
        {wrong > 0 && <span className="text-danger text-xs font-medium whitespace-nowrap">{problemWords(wrong)}</span>}
      </button>
      {edges.length > 0 && (
        <ul aria-label={`${nodeName(node)} leads to`} className="border-line mb-1 ml-4 border-l pl-2">
          {edges.map((edge) => {
            const key = edgeKey(edge);
            const target = findNode(graph, edge.to);
            const hasProblem = !target || problems.some((problem) => problem.edge === key);
            return (
              <li key={key}>
                <button
                  type="button"
                  aria-current={selection.edge === key || undefined}
                  className={classNames(
                    'flex min-h-6 w-full items-center gap-1.5 rounded-sm px-2 text-left text-sm focus-visible:outline-offset-[-2px]',
                    selection.edge === key ? 'bg-selected' : 'hover:bg-hover',
                    hasProblem ? 'text-danger' : 'text-muted',
                  )}
                  onClick={() => selectEdge(key)}
                >
                  {portOf(edge) !== DEFAULT_PORT && <span className="truncate">{portOf(edge)}</span>}
                  <span aria-hidden>{isWayBack(graph, edge) ? '↺' : '→'}</span>
                  <span className="truncate">{target ? nodeName(target) : `${edge.to} (does not exist)`}</span>
                  {isWayBack(graph, edge) && <span>(next round)</span>}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
