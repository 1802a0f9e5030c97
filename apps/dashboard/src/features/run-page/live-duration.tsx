import { useNow } from '@/shared/format/use-now';
import { Duration } from '@/shared/ui/duration';
import { serverNow } from './server-clock';

/** How long something has been going on, counting each second by the server's clock. */
export function LiveDuration({ since, className }: { since: string; className?: string }) {
  useNow(1000);
  return <Duration ms={Math.max(0, serverNow() - Date.parse(since))} className={className} />;
}
