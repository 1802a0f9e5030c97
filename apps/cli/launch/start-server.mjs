import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { loadSettingsFile } from './load-settings-file.mjs';
import { runMain } from './run-main.mjs';

await ensureInstalled();
await ensureBuilt();
loadSettingsFile();
await runMain('dist/apps/api/src/main.js');
