import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileOutbox } from './file-outbox.js';

describe('FileOutbox', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'af-outbox-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('writes each mail as one file that only its owner can read', async () => {
    const outbox = new FileOutbox(directory, 'AgentFlow <no-reply@example.com>');
    await Promise.all(
      [1, 2].map((number) => outbox.send({ to: 'ada@example.com', subject: `Mail ${number}`, text: 'Hello' })),
    );
    const files = await readdir(join(directory, 'outbox'));
    expect(files.length).toBe(2);
    expect(files.every((name) => name.endsWith('.eml'))).toBe(true);
    const path = join(directory, 'outbox', files[0] ?? '');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toMatch(
      /^From: AgentFlow <no-reply@example.com>\nTo: ada@example.com\nSubject: Mail/,
    );
  });

  it('does not let a subject or address add headers', async () => {
    const outbox = new FileOutbox(directory, 'no-reply@example.com');
    await outbox.send({ to: 'ada@example.com', subject: 'Hi\r\nBcc: everybody@example.com', text: 'Hello' });
    const [file = ''] = await readdir(join(directory, 'outbox'));
    expect(await readFile(join(directory, 'outbox', file), 'utf8')).not.toMatch(/^Bcc:/m);
  });
});
