import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mariadb';
import type { TestSql } from './test-sql.js';

const PROGRAMS = ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/opt/homebrew/bin/mariadbd'];
const INSTALLERS = [
  '/usr/bin/mariadb-install-db',
  '/usr/local/bin/mariadb-install-db',
  '/opt/homebrew/bin/mariadb-install-db',
];

/** A MariaDB of the test's own in a folder of its own; null where none is installed. */
export async function startMariaDb(): Promise<TestSql | null> {
  const [program, installer] = [PROGRAMS.find(existsSync), INSTALLERS.find(existsSync)];
  if (program === undefined || installer === undefined) return null;
  const folder = await mkdtemp(join(tmpdir(), 'af-mariadb-'));
  const { username } = userInfo();
  const data = `--datadir=${join(folder, 'data')}`;
  await promisify(execFile)(installer, [
    '--no-defaults',
    data,
    `--user=${username}`,
    '--auth-root-authentication-method=normal',
  ]);
  const [port, socketPath] = [await freePort(), join(folder, 's')];
  const options = ['--bind-address=127.0.0.1', `--port=${port}`, `--socket=${socketPath}`, `--user=${username}`];
  const server = spawn(program, ['--no-defaults', data, ...options, '--innodb-buffer-pool-size=8M'], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const root = await onceItListens(() => createConnection({ socketPath, user: 'root' }));
  for (const statement of SETUP) await root.query(statement);
  await root.end();
  return {
    fields: { host: '127.0.0.1', port: String(port), database: 'shop', user: 'agent', password: 'sesame-canary' },
    writes: [
      'DELETE FROM item',
      'SELECT sneak()',
      'SELECT 1; DELETE FROM item',
      `SELECT * FROM item INTO OUTFILE '${join(folder, 'out')}'`,
      'SELECT NEXT VALUE FOR counted',
    ],
    stop: async () => {
      server.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const SETUP = [
  'CREATE DATABASE shop',
  'CREATE TABLE shop.item (id integer, name text)',
  `INSERT INTO shop.item VALUES (1, 'one'), (2, 'two'), (3, 'three')`,
  'CREATE FUNCTION shop.sneak() RETURNS integer MODIFIES SQL DATA BEGIN DELETE FROM shop.item; RETURN 1; END',
  'CREATE SEQUENCE shop.counted',
  `CREATE USER agent@'127.0.0.1' IDENTIFIED BY 'sesame-canary'`,
  `GRANT ALL ON shop.* TO agent@'127.0.0.1'`,
];

const START_MS = 30_000;

async function onceItListens<T>(connect: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + START_MS; ;) {
    try {
      return await connect();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(100);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
