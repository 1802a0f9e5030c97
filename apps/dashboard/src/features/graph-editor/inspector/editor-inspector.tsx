import { useEditor } from '../editor-context';
import { edgeKey, findNode } from '../graph/graph';
import { EdgeInspector } from './edge-inspector';
import { ManyInspector } from './many-inspector';
import { NodeInspector } from './node-inspector';

/** What is known about the chosen thing, and the form to change it. */
export function EditorInspector() {
  const { graph, selection, selectedId } = useEditor();
  const node = findNode(graph, selectedId);
  const edge = graph.edges.find((each) => edgeKey(each) === selection.edge);
  if (node) return <NodeInspector key={node.id} node={node} />;
  if (edge) return <EdgeInspector edge={edge} />;
  return <ManyInspector />;
}
