import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { loadSettingsFile } from './load-settings-file.mjs';
import { refuse } from './progress.mjs';
import { runMain } from './run-main.mjs';

const [program, ...args] = process.argv.slice(2);
if (!program) refuse('Which program? Usage: node apps/cli/run-built.mjs apps/cli/src/migrate [arguments]');

await ensureInstalled();
await ensureBuilt(['server']);
loadSettingsFile();
await runMain(`dist/${program}.js`, args);
