import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Mails leave behind the back of the answer that caused them. */
const ARRIVES_WITHIN_MS = 15_000;

/**
 * The latest mail to an address in the file outbox of an installation, once there is one with those words.
 * @returns its text, decoded
 */
export async function mailTo(dataDirectory: string, address: string, words: RegExp): Promise<string> {
  const giveUpAt = Date.now() + ARRIVES_WITHIN_MS;
  for (;;) {
    const found = (await mails(dataDirectory)).find((mail) => mail.includes(`To: ${address}`) && words.test(mail));
    if (found !== undefined) return found;
    if (Date.now() > giveUpAt) throw new Error(`No mail to ${address} with ${String(words)} has come.`);
    await sleep(50);
  }
}

/** The secret in a link, or in the link of a mail. */
export function tokenIn(text: string): string {
  const [, token] = /[?&]token=([A-Za-z0-9_-]+)/.exec(text) ?? [];
  if (token === undefined) throw new Error(`There is no link with a token in this:\n${text}`);
  return token;
}

/** All mails, newest first. */
async function mails(dataDirectory: string): Promise<string[]> {
  const folder = join(dataDirectory, 'outbox');
  const names = await readdir(folder).catch(() => []);
  const latestFirst = names
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .reverse();
  return Promise.all(latestFirst.map(async (name) => unquoted(await readFile(join(folder, name), 'utf8'))));
}

/** Quoted-printable undone, as far as the ASCII of links needs it. */
function unquoted(mail: string): string {
  if (!/content-transfer-encoding: quoted-printable/i.test(mail)) return mail;
  return mail
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
