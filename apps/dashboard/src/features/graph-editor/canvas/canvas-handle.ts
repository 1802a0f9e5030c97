import type { Point } from '../graph/edit-nodes';

/** What the rest of the editor asks of the canvas. */
export interface CanvasHandle {
  /** Middle of what is in sight, in coordinates of the graph. */
  center: () => Point;
  /** Brings a node into sight unless it is. */
  reveal: (nodeId: string) => void;
  fit: () => void;
  /** Puts the focus on a node; the last one asked for wins. */
  focus: (nodeId: string) => void;
}
