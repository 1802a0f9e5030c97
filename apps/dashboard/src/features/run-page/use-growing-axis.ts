import { useEffect, type RefObject } from 'react';

/** Room to grow into, so that what runs does not stick to the edge; also the least span of a live axis. */
const HEADROOM = 1.06;
const LEAST_LIVE_SPAN_MS = 1000;

/** How long the axis of a live run is at a moment, in milliseconds. */
export function liveSpanMs(elapsedMs: number): number {
  return Math.max(LEAST_LIVE_SPAN_MS, elapsedMs * HEADROOM);
}

/**
 * Keeps `--now` and `--span` (milliseconds on the axis) on an element; bars and ticks are placed by them in CSS, so a
 * growing run costs no rendering: each frame moves two numbers. Each second where people asked for less motion.
 */
export function useGrowingAxis(
  element: RefObject<HTMLElement | null>,
  endMs: number | null,
  elapsedMs: () => number,
): void {
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const place = (nowMs: number, spanMs: number) => {
      target.style.setProperty('--now', nowMs.toFixed(1));
      target.style.setProperty('--span', spanMs.toFixed(1));
    };
    if (endMs !== null) {
      place(endMs, endMs);
      return;
    }
    const grow = () => {
      const nowMs = Math.max(0, elapsedMs());
      place(nowMs, liveSpanMs(nowMs));
    };
    grow();
    return prefersLessMotion() ? everySecond(grow) : everyFrame(grow);
  }, [element, endMs, elapsedMs]);
}

function everySecond(work: () => void): () => void {
  const timer = setInterval(work, 1000);
  return () => clearInterval(timer);
}

function everyFrame(work: () => void): () => void {
  let frame = requestAnimationFrame(function next() {
    work();
    frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
}

function prefersLessMotion(): boolean {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
}
