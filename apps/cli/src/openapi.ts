import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const DOCUMENT = 'apps/dashboard/src/shared/api/openapi.json';
const START_DEADLINE_MS = 60_000;

/** `npm run openapi`: asks a throw-away server for its document and makes the dashboard's client from it. */
const dataDirectory = mkdtempSync(join(tmpdir(), 'agentflow-openapi-'));
const server = spawn(process.execPath, ['dist/apps/api/src/main.js'], {
  env: { PATH: process.env['PATH'], AGENTFLOW_DATA_DIR: dataDirectory, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const deadline = setTimeout(() => server.kill('SIGKILL'), START_DEADLINE_MS);
try {
  const url = await announcedUrl();
  const response = await fetch(`${url}/api/v1/openapi.json`, { signal: AbortSignal.timeout(10_000) });
  writeFileSync(DOCUMENT, `${JSON.stringify(await response.json(), null, 2)}\n`);
  await run('apps/dashboard/generate-api-client.mjs', DOCUMENT);
  process.stdout.write(`Wrote ${DOCUMENT} and the dashboard's client.\n`);
} finally {
  clearTimeout(deadline);
  server.kill('SIGKILL');
  rmSync(dataDirectory, { recursive: true, force: true });
}

async function announcedUrl(): Promise<string> {
  for await (const line of createInterface(server.stdout)) {
    const [, url] = /^AgentFlow is ready: (\S+)/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('The server ended before it was ready.');
}

function run(...argv: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${argv[0]} ended with ${code}.`))));
  });
}
