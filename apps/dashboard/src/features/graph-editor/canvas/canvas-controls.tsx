import { Panel, useReactFlow } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { IconButton } from '@/shared/ui/icon-button';
import { FIT_VIEW } from './flow-settings';

/** Nearer, further, everything. */
export function CanvasControls() {
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  return (
    <Panel position="bottom-left">
      <div className="bg-surface flex rounded-md border">
        <IconButton label="Zoom in" icon={<Plus />} onClick={() => void zoomIn()} />
        <IconButton label="Zoom out" icon={<Minus />} onClick={() => void zoomOut()} />
        <IconButton
          label="Show the whole graph"
          shortcut="F"
          icon={<Maximize />}
          onClick={() => void fitView(FIT_VIEW)}
        />
      </div>
    </Panel>
  );
}
