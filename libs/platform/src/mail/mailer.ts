/** One plain-text mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mail. Bodies carry sign-in links, so no implementation logs them. */
export abstract class Mailer {
  /** @throws Error when the mail was not handed over within the deadline */
  abstract send(mail: Mail): Promise<void>;
}
