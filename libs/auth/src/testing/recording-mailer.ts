import { type Mail, Mailer } from '#platform/mail';

/** Keeps what would have been sent. */
export class RecordingMailer extends Mailer {
  readonly sent: Mail[] = [];

  override async send(mail: Mail): Promise<void> {
    this.sent.push(mail);
  }

  /** The secret in the newest mail to this address. */
  tokenFor(address: string): string | undefined {
    const mail = this.sent.findLast(({ to }) => to === address);
    return /token=([A-Za-z0-9_-]{43})/.exec(mail?.text ?? '')?.[1];
  }
}
