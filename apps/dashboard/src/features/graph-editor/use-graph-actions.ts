import { useEditor } from './editor-context';
import { findConnectProblem, connect, disconnect, reconnect } from './graph/edit-edges';
import { insertNode, moveNodes, partOf, removeNodes } from './graph/edit-nodes';
import { edgeKey, edgeWords, findNode, nodeName, type GraphEdge, type NodeKind } from './graph/graph';
import { freePort } from './graph/node-ports';
import { GRID } from './graph/node-size';
import { pasteNodes } from './graph/paste-nodes';
import { tidyPositions } from './graph/tidy';
import type { Graph } from './graph/graph';

export interface GraphActions {
  /** Opens the list of kinds for a node after the chosen one, or into the chosen connection. */
  addAfterSelection: () => void;
  add: (kind: NodeKind) => void;
  connectNodes: (edge: GraphEdge) => void;
  moveEnd: (key: string, edge: GraphEdge) => void;
  removeEdge: (key: string) => void;
  removeSelection: () => void;
  duplicateSelection: () => void;
  paste: (part: Graph) => void;
  tidy: () => void;
}

/** What people do with nodes and connections, whichever part of the editor they do it in. */
export function useGraphActions(): GraphActions {
  const editor = useEditor();
  const { graph, selection, kindOf, edit, announce } = editor;
  const chosenNames = () => {
    const [first] = selection.nodes;
    const node = findNode(graph, first);
    return selection.nodes.size === 1 && node ? nodeName(node) : `${selection.nodes.size} nodes`;
  };
  const paste = (part: Graph, word: string) => {
    const pasted = pasteNodes(graph, part, kindOf);
    edit(
      pasted.graph,
      `${word} ${part.nodes.length === 1 ? nodeName(part.nodes[0] ?? { id: 'a node' }) : `${part.nodes.length} nodes`}`,
    );
    editor.select(pasted.ids);
    if (pasted.ids[0] !== undefined) editor.focusNode(pasted.ids[0]);
  };
  const removeEdge = (key: string) => {
    const edge = graph.edges.find((each) => edgeKey(each) === key);
    if (edge) edit(disconnect(graph, key), `disconnect ${edgeWords(graph, edge)}`);
  };

  return {
    addAfterSelection: () => {
      const node = findNode(graph, editor.selectedId);
      const port = node && freePort(node, kindOf(node.kind), graph);
      if (node && typeof port === 'string') {
        const { x, y } = node.position ?? { x: 0, y: 0 };
        editor.startAdding({ position: { x: x + GRID.x, y }, after: { node: node.id, port } });
        return;
      }
      const edge = graph.edges.find((each) => edgeKey(each) === selection.edge);
      const [from, to] = [findNode(graph, edge?.from)?.position, findNode(graph, edge?.to)?.position];
      if (edge && from && to)
        editor.startAdding({ position: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, into: edgeKey(edge) });
      else editor.startAdding({ position: null });
    },
    add: (kind) => {
      if (!editor.adding) return;
      const position = editor.adding.position ?? editor.canvas.current?.center() ?? { x: 0, y: 0 };
      const inserted = insertNode(graph, kind, { ...editor.adding, position });
      edit(inserted.graph, `add ${kind.title}`);
      editor.startAdding(null);
      editor.select([inserted.id]);
      editor.focusNode(inserted.id);
    },
    connectNodes: (edge) => {
      const problem = findConnectProblem(graph, edge);
      if (problem) announce(problem);
      else edit(connect(graph, edge), `connect ${edgeWords(graph, edge)}`);
    },
    moveEnd: (key, edge) => {
      if (edgeKey(edge) === key) return;
      const problem = findConnectProblem(disconnect(graph, key), edge);
      if (problem) announce(problem);
      else edit(reconnect(graph, key, edge), `connect ${edgeWords(graph, edge)}`);
    },
    removeEdge,
    removeSelection: () => {
      if (selection.edge !== null) removeEdge(selection.edge);
      else if (selection.nodes.size > 0) edit(removeNodes(graph, selection.nodes), `delete ${chosenNames()}`);
    },
    duplicateSelection: () => {
      if (selection.nodes.size > 0) paste(partOf(graph, selection.nodes), 'duplicate');
    },
    paste: (part) => paste(part, 'paste'),
    tidy: () => {
      edit(moveNodes(graph, tidyPositions(graph, kindOf)), 'tidy the graph');
      setTimeout(() => editor.canvas.current?.fit(), 0);
    },
  };
}
