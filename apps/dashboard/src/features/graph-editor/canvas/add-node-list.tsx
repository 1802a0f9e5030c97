import { useEditor } from '../editor-context';
import { START_KIND } from '../graph/graph';
import { useGraphActions } from '../use-graph-actions';
import { ChooseList } from './choose-list';
import { NodeIcon } from './node-icon';

const GROUPS: Record<string, string> = { flow: 'Flow', model: 'Models', data: 'Data', integration: 'Other services' };

/** Every kind of node with what it does; choosing one adds it where the list was opened for. */
export function AddNodeList() {
  const { kinds, adding, graph, startAdding } = useEditor();
  const { add } = useGraphActions();
  if (!adding) return null;
  const hasStart = graph.nodes.some((node) => node.kind === START_KIND);
  const offered = kinds.filter((kind) => kind.kind !== START_KIND || !hasStart);
  const groups = [...Map.groupBy(offered, (kind) => kind.group)].map(([group, members]) => ({
    heading: GROUPS[group] ?? group,
    choices: members.map((kind) => ({
      id: kind.kind,
      title: kind.title,
      description: kind.description,
      icon: <NodeIcon name={kind.icon} />,
      keywords: [kind.kind],
      choose: () => add(kind),
    })),
  }));
  return (
    <ChooseList
      label="Add a node"
      placeholder="Search kinds of nodes"
      empty="No kind of node is called that."
      groups={groups}
      corner={adding.corner}
      onClose={() => startAdding(null)}
    />
  );
}
