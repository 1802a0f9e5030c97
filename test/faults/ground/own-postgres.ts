import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../support/processes/free-port.js';
import { type KeptCommand, KeptProcess } from '../../support/processes/kept-process.js';

const run = promisify(execFile);
const READY_WITHIN_MS = 60_000;
const INSTALLED_BELOW = '/usr/lib/postgresql';

/** Postgres refuses to run as root; Debian's package brings a user for it. Null when there is none to run as. */
async function userToRunAs(): Promise<KeptCommand['user'] | null> {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => (await run('id', [flag, 'postgres'])).stdout),
    );
    return { uid: Number(uid), gid: Number(gid) };
  } catch {
    return null;
  }
}

/** Where initdb and postgres are: Debian keeps them out of PATH, others do not. */
async function programs(): Promise<string | null> {
  const versions = await readdir(INSTALLED_BELOW).catch(() => []);
  const newest = versions
    .sort((one, other) => Number(other) - Number(one))
    .map((name) => join(INSTALLED_BELOW, name, 'bin'));
  const folders = [...newest, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null;
}

/** Whether this machine can give the suite a Postgres that it may restart as it likes. */
export async function canStartPostgres(): Promise<boolean> {
  return (await programs()) !== null && (await userToRunAs()) !== null;
}

/** A Postgres server of this suite alone, in a folder of its own, as durable as any: what was committed survives its crash. */
export class OwnPostgres {
  private server: KeptProcess | null = null;

  private constructor(
    private readonly command: string,
    private readonly folder: string,
    private readonly port: number,
    private readonly user: KeptCommand['user'],
  ) {}

  /** @throws Error when this machine cannot */
  static async start(): Promise<OwnPostgres> {
    const [bin, user] = await Promise.all([programs(), userToRunAs()]);
    if (bin === null || user === null) throw new Error('There is no Postgres here that could be started.');
    const folder = await mkdtemp(join(tmpdir(), 'agentflow-faults-pg-'));
    if (user) await chown(folder, user.uid, user.gid);
    const data = join(folder, 'data');
    await run(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8'], {
      cwd: '/',
      ...user,
    });
    const postgres = new OwnPostgres(join(bin, 'postgres'), folder, await freePort(), user);
    await postgres.start();
    return postgres;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    const args = ['-D', join(this.folder, 'data'), '-p', String(this.port), '-c', 'listen_addresses=127.0.0.1'];
    this.server = new KeptProcess({
      command: this.command,
      args: [...args, '-c', 'unix_socket_directories='],
      ...(this.user && { user: this.user }),
    });
    const giveUpAt = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const client = new pg.Client({ connectionString: this.url });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return;
      } catch (error) {
        if (Date.now() > giveUpAt) throw new Error(`Postgres did not start.\n${this.server.output}`, { cause: error });
        await sleep(100);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }

  /** As `pg_ctl stop -m immediate`: every backend ends at once, the next start recovers from the log. */
  async stopImmediately(): Promise<void> {
    await this.server?.end('SIGQUIT');
  }

  async discard(): Promise<void> {
    await this.stopImmediately();
    await rm(this.folder, { recursive: true, force: true });
  }
}
