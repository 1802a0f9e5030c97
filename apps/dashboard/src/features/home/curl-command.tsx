import { CopyButton } from '@/shared/ui/copy-button';

export interface CurlCommandProps {
  agentId: string;
  /** The key itself, right after it was made; otherwise the command names the variable that holds it. */
  apiKey?: string;
}

/** A command that runs an agent and waits for the answer, ready to copy. */
export function CurlCommand({ agentId, apiKey = '$AGENTFLOW_API_KEY' }: CurlCommandProps) {
  const command = [
    `curl ${location.origin}/api/v1/executions \\`,
    `  -H "Authorization: Bearer ${apiKey}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -H "Idempotency-Key: first-call" \\`,
    `  -d '{"agentId":"${agentId}","input":{"text":"Hello"},"mode":"wait"}'`,
  ].join('\n');
  return (
    <div className="bg-sunken relative w-full max-w-full rounded-md border">
      <pre tabIndex={0} aria-label="Command" className="overflow-x-auto p-3 pr-10 text-sm">
        {command}
      </pre>
      <div className="bg-sunken absolute top-1.5 right-1.5 rounded-md">
        <CopyButton text={command} label="command" />
      </div>
    </div>
  );
}
