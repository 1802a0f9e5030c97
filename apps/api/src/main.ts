import 'reflect-metadata';
import { migrations } from '#migrations';
import { layFoundation, runProcess } from '#platform/boot';
import { printWelcome } from './welcome.js';
import { startApi } from './start-api.js';

/** `--role=api` serves requests only; by default this process works on the queue as well. */
const role = process.argv.includes('--role=api') ? 'api' : 'all';

runProcess(async () => {
  const foundation = await layFoundation(role, migrations);
  const api = await startApi(foundation);
  await printWelcome(api, foundation);
  return { drainMs: foundation.settings.executions.drainMs, stop: api.stop };
});
