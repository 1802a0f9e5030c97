import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { executionsSocket } from '@/shared/live/executions-socket';
import { useCan } from '@/shared/session/use-session';
import { inboxQuery } from './waits-queries';

const ASK_EVERY_MS = 60_000;
const REFRESH_AT_MOST_EVERY_MS = 2000;

/** How many decisions wait for somebody, as text (`3`, `50+`); null while there is none or it is not known. Follows the organisation's runs. */
export function useOpenDecisions(): string | null {
  const queryClient = useQueryClient();
  const mayRead = useCan('executions:read');
  const { data } = useInfiniteQuery({ ...inboxQuery('open'), enabled: mayRead, refetchInterval: ASK_EVERY_MS });
  useEffect(() => {
    if (!mayRead) return;
    const socket = executionsSocket();
    let planned: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      planned ??= setTimeout(() => {
        planned = undefined;
        void queryClient.invalidateQueries({ queryKey: ['waits'] });
      }, REFRESH_AT_MOST_EVERY_MS);
    };
    const subscribe = () => socket.emit('subscribe-org', {});
    socket.on('connect', subscribe);
    socket.on('execution-change', refresh);
    if (socket.connected) subscribe();
    return () => {
      clearTimeout(planned);
      socket.off('connect', subscribe);
      socket.off('execution-change', refresh);
    };
  }, [queryClient, mayRead]);
  const first = data?.pages[0];
  if (!first || first.data.length === 0) return null;
  return first.hasMore ? `${first.data.length}+` : String(first.data.length);
}
