import { createTransport } from 'nodemailer';
import { type Mail, Mailer } from './mailer.js';

/** Limits of one conversation with the mail server, in milliseconds. */
const DEADLINES = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000, dnsTimeout: 5_000 };

const WHOLE_DEADLINE_MS = 30_000;

/** Mail through a server; one connection per mail, because mails are rare. */
export class SmtpMailer extends Mailer {
  private readonly url: string;

  /** @param smtpUrl `smtp://user:password@host:587` or `smtps://…:465`; nodemailer's options may follow as query */
  constructor(
    smtpUrl: string,
    private readonly from: string,
    private readonly deadlineMs = WHOLE_DEADLINE_MS,
  ) {
    super();
    this.url = withDeadlines(smtpUrl);
  }

  override async send(mail: Mail): Promise<void> {
    const transport = createTransport(this.url);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`The mail server did not take the mail within ${this.deadlineMs} ms.`)),
        this.deadlineMs,
      );
    });
    try {
      await Promise.race([
        transport.sendMail({ from: this.from, ...mail, disableFileAccess: true, disableUrlAccess: true }),
        deadline,
      ]);
    } finally {
      clearTimeout(timer);
      transport.close();
    }
  }
}

/** nodemailer takes options beside a URL only as its query. */
function withDeadlines(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  for (const [name, milliseconds] of Object.entries(DEADLINES)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(milliseconds));
  }
  return url.href;
}
