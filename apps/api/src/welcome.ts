import { FirstRun } from '#auth';
import type { Foundation } from '#platform/boot';
import { SampleRun } from './sample-run.js';
import type { RunningApi } from './start-api.js';

/** Says where AgentFlow is and how to come in: a sign-in link, an API key and a command that runs an agent and streams it. */
export async function printWelcome({ app, url }: RunningApi, { settings, database }: Foundation): Promise<void> {
  const firstRun = app.get(FirstRun);
  const owner = await firstRun.ensure();
  const lines = ['', `AgentFlow is ready: ${url}`];
  if (owner && !settings.production) {
    const agent = await app.get(SampleRun).ensure(owner);
    if (!owner.hasPassword)
      lines.push(
        '',
        'Sign in once with this link (valid for 24 hours):',
        `  ${await firstRun.createSignInLink(owner.userId)}`,
      );
    const key = settings.firstRun.apiKey ?? (await firstRun.startupApiKey(owner));
    lines.push('', `API key: ${key}`);
    if (agent)
      lines.push('', `Run the agent "${agent.name}" and watch it:`, curl(url, key, agent.agentId, agent.input));
  }
  lines.push('', describeStores(settings.redisUrl !== null, database.embedded, settings.dataDirectory), '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

function curl(url: string, key: string, agentId: string, input: unknown): string {
  const body = JSON.stringify({ agentId, input }).replaceAll("'", "'\\''");
  return [
    `curl -N ${url}/api/v1/executions \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/json' -H 'Accept: text/event-stream' \\`,
    `  -d '${body}'`,
  ].join('\n');
}

function describeStores(redis: boolean, embedded: boolean, dataDirectory: string): string {
  if (!embedded) return `Data in Postgres; queue and events ${redis ? 'in Redis' : 'in this process'}.`;
  return `Data in ${dataDirectory} (embedded Postgres: safe against a crash of the process, not against power loss). Set DATABASE_URL to move to Postgres.`;
}
