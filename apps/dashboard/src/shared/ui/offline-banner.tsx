import { useQueryClient } from '@tanstack/react-query';
import { ServerOff, WifiOff } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { reachability } from '@/shared/api/reachability';

/** Says that the browser has no connection or the server does not answer; what was loaded stays readable and is read anew afterwards. */
export function OfflineBanner() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const silent = useSyncExternalStore(reachability.subscribe, reachability.isSilent);
  const queryClient = useQueryClient();
  const wasSilent = useRef(silent);
  useEffect(() => {
    if (wasSilent.current && !silent) void queryClient.invalidateQueries();
    wasSilent.current = silent;
  }, [silent, queryClient]);
  return (
    <div role="status">
      {!online ? (
        <Notice icon={<WifiOff aria-hidden />}>
          You are offline. You can read what is here; changes wait until the connection is back.
        </Notice>
      ) : (
        silent && (
          <Notice icon={<ServerOff aria-hidden />}>
            AgentFlow does not answer. You can read what is here; it is brought up to date as soon as the server is
            back.
          </Notice>
        )
      )}
    </div>
  );
}

function Notice({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="border-warning/30 bg-warning-soft [&_svg]:text-warning flex items-center gap-2 border-b px-4 py-1.5 [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      <span>{children}</span>
    </p>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}
