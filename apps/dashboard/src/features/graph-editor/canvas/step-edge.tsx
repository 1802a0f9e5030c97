import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, Position, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { classNames } from '@/shared/ui/class-names';
import type { StepEdge } from './flow-elements';

/** Further apart than this, the label at the port is not in sight any more and the edge carries its own. */
const LABEL_FROM_PX = 120;
const LANE_PX = 10;

/** So far below the nodes a way back to a loop passes; the last value of a node stands in between. */
const BELOW_PX = 36;

/** A smooth connection, with the name of its port where it has one. */
export const StepEdgeView = memo(function StepEdgeView(props: EdgeProps<StepEdge>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, selected, markerEnd } = props;
  // Going up, the lower port turns later; going down, earlier: that way edges of one node never cross each other.
  const lane = (data?.lane ?? 0) * (targetY < sourceY ? 1 : -1) * LANE_PX;
  const hasRoom = targetX - sourceX > 4 * LANE_PX;
  const passBelow = data?.passBelow ?? null;
  const goesBack = passBelow !== null;
  const [path, labelX, labelY] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    borderRadius: 10,
    offset: goesBack ? 18 : 10,
    ...(goesBack && { centerY: passBelow + BELOW_PX }),
    ...(!goesBack && hasRoom && sourcePosition === Position.Right && { centerX: (sourceX + targetX) / 2 + lane }),
  });
  const isFar = Math.hypot(targetX - sourceX, targetY - sourceY) > LABEL_FROM_PX;
  const label = goesBack ? 'next round' : data?.label && (isFar || data.label === 'error') ? data.label : '';
  return (
    <>
      <BaseEdge path={path} markerEnd={markerEnd} interactionWidth={24} />
      {label !== '' && (
        <EdgeLabelRenderer>
          <span
            aria-hidden
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
            className={classNames(
              'bg-ground absolute max-w-36 truncate rounded-sm px-1 text-xs',
              selected ? 'text-accent' : label === 'error' ? 'text-danger' : 'text-muted',
            )}
          >
            {label}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
