import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { executionsSocket } from './executions-socket';

const REFRESH_AT_MOST_EVERY_MS = 1500;
const POLL_EVERY_MS = 15_000;

/**
 * Keeps the queries whose key begins with `queryKey` (a constant) fresh while the component is on the page: asks them again when a run of
 * the organisation changes, when the subscription begins (what happened before it is in no message), and every so often
 * while sockets are down.
 */
export function useLiveQueries(queryKey: readonly string[], enabled = true): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const socket = executionsSocket();
    let planned: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      planned ??= setTimeout(() => {
        planned = undefined;
        void queryClient.invalidateQueries({ queryKey });
      }, REFRESH_AT_MOST_EVERY_MS);
    };
    const subscribe = () => socket.emit('subscribe-org', {}, refresh);
    const poll = setInterval(() => {
      if (!socket.connected && document.visibilityState === 'visible') refresh();
    }, POLL_EVERY_MS);
    socket.on('connect', subscribe);
    socket.on('execution-change', refresh);
    if (socket.connected) subscribe();
    return () => {
      clearTimeout(planned);
      clearInterval(poll);
      socket.off('connect', subscribe);
      socket.off('execution-change', refresh);
    };
  }, [queryClient, queryKey, enabled]);
}
