import { Global, Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/index.js';
import { FileOutbox } from './file-outbox.js';
import { Mailer } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

/** Provides {@link Mailer}: the server named by SMTP_URL, or files in the data directory. */
@Global()
@Module({
  providers: [
    {
      provide: Mailer,
      inject: [SETTINGS],
      useFactory: ({ mail, dataDirectory }: Settings): Mailer =>
        mail.smtpUrl === null ? new FileOutbox(dataDirectory, mail.from) : new SmtpMailer(mail.smtpUrl, mail.from),
    },
  ],
  exports: [Mailer],
})
export class MailModule {}
