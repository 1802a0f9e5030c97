import { type Child, startChild } from './child.js';
import type { Setup } from './setup.js';

/** What the same call costs with the same parts and without AgentFlow: see `least-server.ts`. Null without Postgres. */
export async function startLeast(provider: Child, { databaseUrl }: Setup): Promise<Child | null> {
  if (databaseUrl === null) return null;
  return startChild('dist/bench/least-server.js', [provider.announced, databaseUrl], {}, /^ready (\S+)/);
}

/** For the table: what of the added time those parts take by themselves. */
export function leastNote(addedMs: number | null): string {
  return addedMs === null ? '' : `; the SDK and two commits alone add ${addedMs} ms`;
}
