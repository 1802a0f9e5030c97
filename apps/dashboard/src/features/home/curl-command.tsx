import { CopyBlock } from '@/shared/ui/copy-block';

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
  return <CopyBlock name="Command" text={command} />;
}
