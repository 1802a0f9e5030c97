import { ensureInstalled } from '../launch/ensure-installed.mjs';
import { loadSettingsFile } from '../launch/load-settings-file.mjs';
import { checkDatabase } from './check-database.mjs';
import { checkDiskSpace, checkLock, checkWritable } from './check-data-directory.mjs';
import { checkNode, checkNpm } from './check-machine.mjs';
import { checkPort } from './check-port.mjs';
import { checkRedis } from './check-redis.mjs';
import { checkSecrets, checkSettings } from './check-settings.mjs';

const marks = { ok: 'ok  ', note: 'note', mend: 'MEND' };
const checks = [
  checkNode,
  checkNpm,
  checkSettings,
  checkSecrets,
  checkPort,
  checkWritable,
  checkDiskSpace,
  checkLock,
  checkDatabase,
  checkRedis,
];

await ensureInstalled();
loadSettingsFile();

const findings = [];
for (const check of checks) {
  for (const finding of [await check()].flat()) {
    findings.push(finding);
    console.log(`${marks[finding.state]}  ${finding.what}`);
    if (finding.fix) console.log(`      → ${finding.fix}`);
  }
}
const open = findings.filter((finding) => finding.state === 'mend').length;
console.log(open === 0 ? '\nAgentFlow can start: npm start' : `\n${open} to mend before AgentFlow can start.`);
process.exitCode = open === 0 ? 0 : 1;
