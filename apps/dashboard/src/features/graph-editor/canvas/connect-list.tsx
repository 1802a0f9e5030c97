import { useEditor } from '../editor-context';
import { findConnectProblem, makeEdge } from '../graph/edit-edges';
import { DEFAULT_PORT, findNode, nodeName } from '../graph/graph';
import { nodePorts } from '../graph/node-ports';
import { useGraphActions } from '../use-graph-actions';
import { ChooseList } from './choose-list';
import { NodeIcon } from './node-icon';

/** Connects by keyboard: every node that the chosen one can lead to, by each of its ports. */
export function ConnectList() {
  const { graph, kindOf, connecting, startConnecting, focusNode } = useEditor();
  const { connectNodes } = useGraphActions();
  const node = findNode(graph, connecting);
  if (!node) return null;
  const groups = nodePorts(node, kindOf(node.kind), graph)
    .filter((port) => port.role !== 'unknown')
    .map((port) => ({
      heading: port.role === 'error' ? 'When it fails' : port.name === DEFAULT_PORT ? 'Then' : `When “${port.name}”`,
      choices: graph.nodes
        .filter((target) => findConnectProblem(graph, makeEdge(node.id, target.id, port.name)) === null)
        .map((target) => ({
          id: `${port.name} ${target.id}`,
          title: nodeName(target),
          icon: <NodeIcon name={kindOf(target.kind)?.icon} />,
          keywords: [target.id, target.kind, port.name],
          choose: () => {
            connectNodes(makeEdge(node.id, target.id, port.name));
            startConnecting(null);
            focusNode(node.id);
          },
        })),
    }));
  return (
    <ChooseList
      label={`Connect ${nodeName(node)}`}
      placeholder={`Lead from “${nodeName(node)}” to`}
      empty="There is no node left that it could lead to."
      groups={groups}
      onClose={() => startConnecting(null)}
    />
  );
}
