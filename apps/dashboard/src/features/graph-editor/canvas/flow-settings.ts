import type { EdgeTypes, NodeTypes } from '@xyflow/react';
import { StepEdgeView } from './step-edge';
import { StepNodeView } from './step-node';

/** What every canvas has in common; module constants, because xyflow starts over when they change. */
export const NODE_TYPES: NodeTypes = { step: StepNodeView };
export const EDGE_TYPES: EdgeTypes = { step: StepEdgeView };
export const FIT_VIEW = { padding: 0.16, maxZoom: 1 };
export const ZOOM = { minZoom: 0.1, maxZoom: 2 };

/** Below this a map of the whole says no more than the canvas itself. */
export const MINIMAP_ABOVE_NODES = 30;
