import { readdir, readFile, readlink } from 'node:fs/promises';
import type { ReceivedCall } from '../outside/recording-world.js';
import type { Ground } from './ground.js';
import type { Member } from './member.js';

/** Which process made a call to the outside world. Null where the operating system does not tell (no /proc). */
export async function findCaller(ground: Ground, { port }: ReceivedCall): Promise<Member | null> {
  if (ground.isAlone) return ground.members[0] ?? null;
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => '');
  const line = table
    .split('\n')
    .map((text) => text.trim().split(/\s+/))
    .find(([, local]) => local?.endsWith(wanted));
  const inode = line?.[9];
  if (inode === undefined) return null;
  for (const member of ground.members) if (await holdsSocket(member.pid, inode)) return member;
  return null;
}

/** Kills whoever made that call; every worker when that cannot be told. */
export async function crashCaller(ground: Ground, call: ReceivedCall): Promise<void> {
  const caller = await findCaller(ground, call);
  await ground.crash(...(caller ? [caller] : ground.workers));
}

async function holdsSocket(pid: number, inode: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return targets.includes(`socket:[${inode}]`);
}
