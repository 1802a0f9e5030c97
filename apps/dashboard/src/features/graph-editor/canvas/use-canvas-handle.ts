import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useImperativeHandle, useRef, type RefObject } from 'react';
import { useEditor } from '../editor-context';
import type { Point } from '../graph/edit-nodes';
import { findNode } from '../graph/graph';
import { nodeHeight, NODE_WIDTH } from '../graph/node-size';
import { FIT_VIEW } from './flow-settings';

/** A new node takes a moment to be drawn; the focus waits for it. */
const FOCUS_TRIES = 20;
const FOCUS_EVERY_MS = 30;
/** By then the inspector has taken its part of the width. */
const REVEAL_AFTER_MS = 60;

/** Gives the editor its hands on the canvas, and brings whatever is chosen into sight. */
export function useCanvasHandle(box: RefObject<HTMLDivElement | null>): void {
  const { graph, selectedId, canvas } = useEditor();
  const flow = useReactFlow();
  const store = useStoreApi();
  const wanted = useRef<string | null>(null);

  const focusWanted = (tries: number) => {
    const id = wanted.current;
    if (id === null) return;
    const element = box.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    if (element) {
      wanted.current = null;
      element.focus({ preventScroll: true });
    } else if (tries > 0) setTimeout(() => focusWanted(tries - 1), FOCUS_EVERY_MS);
  };

  const reveal = (id: string) => {
    const position = findNode(graph, id)?.position;
    const frame = box.current?.getBoundingClientRect();
    if (!position || !frame) return;
    const [panX, panY, zoom] = store.getState().transform;
    const isInSight = ({ x, y }: Point) =>
      x * zoom + panX > 0 && x * zoom + panX < frame.width && y * zoom + panY > 0 && y * zoom + panY < frame.height;
    const end = { x: position.x + NODE_WIDTH, y: position.y + nodeHeight([]) };
    if (isInSight(position) && isInSight(end)) return;
    void flow.setCenter(position.x + NODE_WIDTH / 2, position.y + nodeHeight([]) / 2, { zoom });
  };

  useImperativeHandle(canvas, () => ({
    center: () => {
      const { left = 0, top = 0, width = 0, height = 0 } = box.current?.getBoundingClientRect() ?? {};
      const middle = flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
      return { x: middle.x - NODE_WIDTH / 2, y: middle.y - nodeHeight([]) / 2 };
    },
    fit: () => void flow.fitView(FIT_VIEW),
    reveal,
    focus: (id) => {
      wanted.current = id;
      setTimeout(() => focusWanted(FOCUS_TRIES), 0);
    },
  }));

  useEffect(() => {
    if (selectedId === null) return;
    const timer = setTimeout(() => canvas.current?.reveal(selectedId), REVEAL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [selectedId, canvas]);
}
