import { useInfiniteQuery } from '@tanstack/react-query';
import { useLiveQueries } from '@/shared/live/use-live-queries';
import { useCan } from '@/shared/session/use-session';
import { inboxQuery, WAITS } from './waits-queries';

const ASK_EVERY_MS = 60_000;

/** How many decisions wait for somebody, as text (`3`, `50+`); null while there is none or it is not known. Follows the organisation's runs. */
export function useOpenDecisions(): string | null {
  const mayRead = useCan('executions:read');
  const { data } = useInfiniteQuery({ ...inboxQuery('open'), enabled: mayRead, refetchInterval: ASK_EVERY_MS });
  useLiveQueries(WAITS, mayRead);
  const first = data?.pages[0];
  if (!first || first.data.length === 0) return null;
  return first.hasMore ? `${first.data.length}+` : String(first.data.length);
}
