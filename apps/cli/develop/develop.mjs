import { ensureBuilt } from '../launch/ensure-built.mjs';
import { ensureInstalled } from '../launch/ensure-installed.mjs';
import { loadSettingsFile } from '../launch/load-settings-file.mjs';
import { say } from '../launch/progress.mjs';
import { isStopping, startTool } from '../launch/run-tool.mjs';
import { labelled } from './labelled.mjs';

await ensureInstalled();
await ensureBuilt(['server']);
loadSettingsFile();

// The dashboard's proxy must know where the server is, so the server may not move to the next free port.
const env = { ...process.env, PORT: process.env.PORT || '3000' };
const serverArguments = process.argv.slice(2);

const tools = [
  {
    name: 'compiler',
    args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--watch', '--preserveWatchOutput'],
  },
  {
    name: 'server',
    args: [
      '--enable-source-maps',
      '--watch',
      '--watch-preserve-output',
      'dist/apps/api/src/main.js',
      ...serverArguments,
    ],
  },
  {
    name: 'dashboard',
    args: ['node_modules/vite/bin/vite.js', '-c', 'apps/dashboard/vite.config.ts', '--clearScreen', 'false'],
  },
];

say('Compiler, server and dashboard follow your changes. Ctrl-C ends all three.');
const children = tools.map(({ name, args }) => {
  const child = startTool(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  labelled(name, child.stdout, process.stdout);
  labelled(name, child.stderr, process.stderr);
  child.once('close', (code) => {
    if (isStopping()) return;
    // `node --watch` outlives a crashed server, so a tool that ends by itself could not start: alone the others are of no use.
    say(`The ${name} ended (exit code ${code}); see its lines above. Mend that and run "npm run dev" again.`);
    process.exitCode = 1;
    for (const other of children) other.kill('SIGTERM');
  });
  return child;
});
