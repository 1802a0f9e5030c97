import type { Model } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';

/** Whether it can be called, with whose key, and whether it is in trouble. */
export function ModelState({ model }: { model: Model }) {
  const { simulated, allowed, keySource, credential, health } = model;
  if (!allowed) return <Badge tone="warning">Not allowed</Badge>;
  if (simulated) return <span className="text-muted">Built in, offline</span>;
  if (keySource === null) return <span className="text-muted">No key</span>;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      {health === 'open' && <Badge tone="danger">Failing</Badge>}
      {health === 'half-open' && <Badge tone="warning">Being tried</Badge>}
      <span className="text-muted">{credential ? `Key “${credential.name}”` : 'Installation’s key'}</span>
    </span>
  );
}
