import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

const NEAR_PX = 24;

/**
 * Follows what is appended to a scrolling element while the reader is at its end; a reader who scrolled up stays where
 * they are. @returns whether the end is in sight, as of the last scroll or growth
 */
export function useKeepAtEnd(
  element: RefObject<HTMLElement | null>,
  size: number,
  enabled: boolean,
): RefObject<boolean> {
  const atEnd = useRef(true);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const look = () => {
      atEnd.current = target.scrollHeight - target.scrollTop - target.clientHeight <= NEAR_PX;
    };
    target.addEventListener('scroll', look, { passive: true });
    return () => target.removeEventListener('scroll', look);
  }, [element]);
  useLayoutEffect(() => {
    const target = element.current;
    if (enabled && atEnd.current && target) target.scrollTop = target.scrollHeight;
  }, [element, size, enabled]);
  return atEnd;
}
