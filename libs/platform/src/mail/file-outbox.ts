import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { newId } from '../ids/index.js';
import { type Mail, Mailer } from './mailer.js';

/** Mails as `.eml` files, one each, readable by the owner of the process only: works without any service. */
export class FileOutbox extends Mailer {
  private readonly directory: string;
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  constructor(
    dataDirectory: string,
    private readonly from: string,
  ) {
    super();
    this.directory = join(dataDirectory, 'outbox');
  }

  override async send(mail: Mail): Promise<void> {
    const { message } = await this.composer.sendMail({
      from: this.from,
      ...mail,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const path = join(this.directory, `${newId()}.eml`);
    // Whoever watches the folder sees whole mails only.
    await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 });
    await rename(`${path}.part`, path);
  }
}
