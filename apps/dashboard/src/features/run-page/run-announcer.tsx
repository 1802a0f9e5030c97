import { useEffect, useRef, useState } from 'react';
import { statusWord } from '@/shared/ui/status-mark';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';
import { isFinalStatus } from './run-status';

/** However fast steps come and go, one sentence at a time. */
const QUIET_MS = 4000;

/** Tells screen readers how the run gets on: at once when its status changes, otherwise now and then. */
export function RunAnnouncer({ timeline }: { timeline: ExecutionTimeline }) {
  const sentence = progressSentence(timeline);
  const [spoken, setSpoken] = useState('');
  const lastAt = useRef(0);
  const lastStatus = useRef<string | null>(null);
  const latest = useRef(sentence);
  latest.current = sentence;
  useEffect(() => {
    const speak = () => {
      lastAt.current = Date.now();
      setSpoken(latest.current);
    };
    // The first status is on the page for everybody to read: only what changes is news.
    const isFirst = lastStatus.current === null;
    const changed = lastStatus.current !== timeline.status;
    lastStatus.current = timeline.status;
    if (isFirst) return;
    if (changed) {
      speak();
      return;
    }
    const timer = setTimeout(speak, Math.max(0, lastAt.current + QUIET_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [sentence, timeline.status]);
  return (
    <p role="status" className="sr-only">
      {spoken}
    </p>
  );
}

/** `Run running: 3 of 5 steps done.` */
export function progressSentence(timeline: ExecutionTimeline): string {
  let done = 0;
  let failed = 0;
  for (const { status } of timeline.steps.values()) {
    if (status === 'succeeded') done += 1;
    if (status === 'failed') failed += 1;
  }
  const status = `Run ${statusWord(timeline.status).toLowerCase()}`;
  if (timeline.steps.size === 0) return `${status}.`;
  const failures = failed > 0 ? `, ${failed} failed` : '';
  const resumed =
    timeline.resumes.length > 0 && !isFinalStatus(timeline.status) ? ' It was resumed after a restart.' : '';
  return `${status}: ${done} of ${timeline.steps.size} steps done${failures}.${resumed}`;
}
