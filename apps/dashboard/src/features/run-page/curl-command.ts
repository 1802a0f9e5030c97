import type { Execution } from '@/shared/api/generated/schema';

/** A shell command that starts the same run and waits for its end. The key stays a variable: nothing secret is copied. */
export function curlCommandOf(run: Pick<Execution, 'agentId' | 'version' | 'input'>, origin: string): string {
  const body = JSON.stringify({ agentId: run.agentId, version: run.version, input: run.input, mode: 'wait' });
  return [
    `curl ${origin}/api/v1/executions \\`,
    `  -H "Authorization: Bearer $AGENTFLOW_API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d ${shellQuoted(body)}`,
  ].join('\n');
}

/** In single quotes nothing is special to a shell but the quote itself. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
