import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { executionsSocket } from './executions-socket';

const REFRESH_AT_MOST_EVERY_MS = 1500;
const POLL_EVERY_MS = 15_000;

/** Keeps lists of runs fresh while the component is on the page: by the organisation's status changes, by asking while sockets are down. */
export function useLiveExecutions(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const socket = executionsSocket();
    let planned: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      planned ??= setTimeout(() => {
        planned = undefined;
        void queryClient.invalidateQueries({ queryKey: ['executions', 'list'] });
      }, REFRESH_AT_MOST_EVERY_MS);
    };
    const subscribe = () => {
      socket.emit('subscribe-org', {});
      refresh();
    };
    const poll = setInterval(() => {
      if (!socket.connected && document.visibilityState === 'visible') refresh();
    }, POLL_EVERY_MS);
    socket.on('connect', subscribe);
    socket.onAny(refresh);
    if (socket.connected) subscribe();
    return () => {
      clearTimeout(planned);
      clearInterval(poll);
      socket.off('connect', subscribe);
      socket.offAny(refresh);
    };
  }, [queryClient]);
}
