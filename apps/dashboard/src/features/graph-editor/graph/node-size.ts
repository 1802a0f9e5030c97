import type { NodePort } from './node-ports';

/** What the canvas draws and the layout reckons with, in pixels. The templates stand on a grid of 260. */
export const NODE_WIDTH = 208;
export const NODE_HEAD_HEIGHT = 56;
export const PORT_ROW_HEIGHT = 24;

/** Distance from one node to the next when the editor places one. */
export const GRID = { x: 264, y: 96 };

/** Ports with a row of their own on the node: none while there is only one way out, which needs no words. */
export function portRows(ports: readonly NodePort[]): NodePort[] {
  const rows = ports.filter((port) => port.role !== 'error');
  return rows.length > 1 || rows[0]?.role === 'unknown' ? rows : [];
}

export function nodeHeight(ports: readonly NodePort[]): number {
  const rows = portRows(ports).length;
  return NODE_HEAD_HEIGHT + (rows === 0 ? 0 : rows * PORT_ROW_HEIGHT + 8);
}
