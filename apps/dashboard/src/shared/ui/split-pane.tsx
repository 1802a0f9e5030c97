import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

export interface SplitPaneProps {
  /** Remembers the width under this name in this browser. */
  id: string;
  main: ReactNode;
  /** Absent: the main part has all the room. */
  side: ReactNode | null;
  /** Width of the side at first, in pixels. */
  initialWidth?: number;
  minWidth?: number;
  maxWidth?: number;
}

/** Two parts beside each other with a handle between them (pointer and arrow keys); one under the other below 1024 px. */
export function SplitPane({ id, main, side, initialWidth = 420, minWidth = 280, maxWidth = 900 }: SplitPaneProps) {
  const key = `agentflow.split.${id}`;
  const [width, setWidth] = useState(() => clamp(storedNumber(key) ?? initialWidth, minWidth, maxWidth));
  const drag = useRef<{ x: number; width: number } | null>(null);
  const resize = (next: number, keep: boolean) => {
    const clamped = clamp(next, minWidth, maxWidth);
    setWidth(clamped);
    if (keep) store(key, clamped);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? 24 : event.key === 'ArrowRight' ? -24 : 0;
    if (step === 0) return;
    event.preventDefault();
    resize(width + step, true);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) resize(drag.current.width + drag.current.x - event.clientX, false);
  };
  const onPointerUp = () => {
    if (drag.current) store(key, width);
    drag.current = null;
  };
  return (
    <div className="flex h-full min-h-0 max-lg:flex-col" style={{ '--side-width': `${width}px` } as CSSProperties}>
      <div className="min-h-0 min-w-0 flex-1">{main}</div>
      {side !== null && (
        <>
          <div
            role="separator"
            aria-orientation="vertical"
            aria-label="Width of the side panel"
            aria-valuenow={width}
            aria-valuemin={minWidth}
            aria-valuemax={maxWidth}
            tabIndex={0}
            className="relative w-px shrink-0 cursor-col-resize touch-none bg-line after:absolute after:inset-y-0 after:-left-1.5 after:w-3 hover:bg-accent focus-visible:bg-accent max-lg:hidden"
            onKeyDown={onKeyDown}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
          />
          <div className="min-h-0 shrink-0 max-lg:h-1/2 max-lg:border-t lg:w-(--side-width)">{side}</div>
        </>
      )}
    </div>
  );
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, Math.round(value)));
}

function storedNumber(key: string): number | null {
  try {
    const value = Number(localStorage.getItem(key));
    return value > 0 ? value : null;
  } catch {
    return null;
  }
}

function store(key: string, value: number): void {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // Without storage the width lasts until the page is closed.
  }
}
