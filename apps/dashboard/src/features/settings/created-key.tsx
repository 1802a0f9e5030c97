import { useInfiniteQuery } from '@tanstack/react-query';
import { CurlCommand } from '@/features/home/curl-command';
import type { CreatedApiKey } from '@/shared/api/generated/schema';
import { agentsQuery } from '@/shared/api/queries';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { CopyButton } from '@/shared/ui/copy-button';
import { Input } from '@/shared/ui/input';

/** A new key, the only time it can be seen, with a command that uses it. */
export function CreatedKey({ created, onClose }: { created: CreatedApiKey; onClose: () => void }) {
  const agents = useInfiniteQuery(agentsQuery({ limit: 100 }));
  const runnable = agents.data?.pages.flatMap((page) => page.data).find((agent) => agent.publishedVersion !== null);
  return (
    <Callout tone="warning" announce className="mb-4" title={`Copy the key “${created.name}” now`}>
      <p className="text-sm">It is not kept in readable form and cannot be shown again.</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Input
          readOnly
          aria-label="API key"
          value={created.key}
          className="max-w-lg font-mono text-sm"
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={created.key} label="key" words="Copy key" />
      </div>
      {runnable && created.scopes.includes('executions:start') && (
        <div className="mt-3">
          <p className="mb-1 text-sm">Try it: runs {runnable.name} and waits for its answer.</p>
          <CurlCommand agentId={runnable.id} apiKey={created.key} />
        </div>
      )}
      <Button className="mt-3" onClick={onClose}>
        I have copied it
      </Button>
    </Callout>
  );
}
