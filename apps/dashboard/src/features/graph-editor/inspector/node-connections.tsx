import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Select } from '@/shared/ui/select';
import { useEditor } from '../editor-context';
import { edgesFrom, findConnectProblem, makeEdge } from '../graph/edit-edges';
import {
  DEFAULT_PORT,
  edgeKey,
  edgeWords,
  findNode,
  nodeName,
  portOf,
  type GraphEdge,
  type GraphNode,
} from '../graph/graph';
import { nodePorts } from '../graph/node-ports';
import { useGraphActions } from '../use-graph-actions';

/** Where a node leads, as lines that can be changed: the same as dragging, for the keyboard. */
export function NodeConnections({ node }: { node: GraphNode }) {
  const { graph, kindOf, readOnly, problems } = useEditor();
  const [adding, setAdding] = useState(false);
  const ports = nodePorts(node, kindOf(node.kind), graph);
  const edges = edgesFrom(graph, node.id, ports);
  if (ports.length === 0) return null;
  return (
    <section aria-label="Connections" className="flex flex-col gap-2 border-t pt-3">
      <h3 className="text-sm font-medium">Leads to</h3>
      {edges.length === 0 && !adding && <p className="text-muted text-sm">Nothing yet.</p>}
      <ul className="flex flex-col gap-2">
        {edges.map((edge) => (
          <li key={edgeKey(edge)}>
            <ConnectionLine node={node} edge={edge} />
            {problems
              .filter((problem) => problem.edge === edgeKey(edge))
              .map((problem) => (
                <p key={problem.code} className="text-danger mt-1 text-sm">
                  {problem.message}
                </p>
              ))}
          </li>
        ))}
        {adding && (
          <li>
            <ConnectionLine node={node} onDone={() => setAdding(false)} />
          </li>
        )}
      </ul>
      {!readOnly && !adding && (
        <Button size="sm" variant="quiet" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
          Connect
        </Button>
      )}
    </section>
  );
}

interface ConnectionLineProps {
  node: GraphNode;
  /** Absent while a new one is made. */
  edge?: GraphEdge;
  onDone?: () => void;
}

function ConnectionLine({ node, edge, onDone }: ConnectionLineProps) {
  const { graph, kindOf, readOnly } = useEditor();
  const { connectNodes, moveEnd, removeEdge } = useGraphActions();
  const ports = nodePorts(node, kindOf(node.kind), graph);
  const [newPort, setNewPort] = useState(ports[0]?.name ?? DEFAULT_PORT);
  const port = edge ? portOf(edge) : newPort;
  const without = edge ? { ...graph, edges: graph.edges.filter((each) => each !== edge) } : graph;
  const targets = graph.nodes.filter(
    (target) => target.id === edge?.to || findConnectProblem(without, makeEdge(node.id, target.id, port)) === null,
  );
  const isGone = edge && !findNode(graph, edge.to);
  const write = (to: string, by: string) => {
    if (edge) moveEnd(edgeKey(edge), makeEdge(node.id, to, by));
    else if (to !== '') {
      connectNodes(makeEdge(node.id, to, by));
      onDone?.();
    }
  };
  return (
    <div className="flex items-center gap-1">
      {(ports.length > 1 || port !== DEFAULT_PORT) && (
        <Select
          aria-label="Port"
          className="max-w-28"
          options={ports.map(({ name, role }) => ({
            value: name,
            label: role === 'unknown' ? `${name} (gone)` : name === DEFAULT_PORT ? 'then' : name,
          }))}
          value={port}
          onChange={(event) => (edge ? write(edge.to, event.target.value) : setNewPort(event.target.value))}
        />
      )}
      <Select
        aria-label={edge ? `Target of ${edgeWords(graph, edge)}` : 'New target'}
        placeholder={edge ? undefined : 'Choose a node'}
        autoFocus={!edge}
        options={[
          ...targets.map((target) => ({ value: target.id, label: nodeName(target) })),
          ...(isGone ? [{ value: edge.to, label: `${edge.to} (does not exist)` }] : []),
        ]}
        value={edge?.to ?? ''}
        onChange={(event) => write(event.target.value, port)}
      />
      {!readOnly && (
        <IconButton
          size="sm"
          label={edge ? `Disconnect ${edgeWords(graph, edge)}` : 'Do not connect'}
          icon={<X />}
          onClick={() => (edge ? removeEdge(edgeKey(edge)) : onDone?.())}
        />
      )}
    </div>
  );
}
