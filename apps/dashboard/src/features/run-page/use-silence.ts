import { useNow } from '@/shared/format/use-now';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';
import { serverNow } from './server-clock';

/** A run that says nothing for longer may be stuck: then people are told what it is at. */
const SILENT_AFTER_MS = 20_000;

/** Whether an unfinished run has had no event for a while. */
export function useSilence({ events, finishedAt }: ExecutionTimeline): boolean {
  const last = events.at(-1);
  const isOver = finishedAt !== null || last === undefined;
  useNow(isOver ? 0 : 5000);
  return !isOver && serverNow() - Date.parse(last.at) > SILENT_AFTER_MS;
}
