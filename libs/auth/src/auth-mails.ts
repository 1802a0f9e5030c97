import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { type Mail, Mailer } from '#platform/mail';
import { PublicAddress } from './public-address.js';

/**
 * The mails of this domain. They leave behind the answer's back: a slow mail server delays nobody, and the time until
 * an answer does not tell whether a mail was sent.
 */
@Injectable()
export class AuthMails implements OnModuleDestroy {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly mailer: Mailer,
    private readonly address: PublicAddress,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  invitation(to: string, orgName: string, inviterName: string, token: string): void {
    this.send({
      to,
      subject: `${oneLine(inviterName)} invites you to ${oneLine(orgName)} on AgentFlow`,
      text: `${oneLine(inviterName)} invites you to work in "${oneLine(orgName)}" on AgentFlow.\n\nAccept here, within 7 days:\n${this.invitationLink(token)}\n\nIf you did not expect this, ignore it.\n`,
    });
  }

  passwordReset(to: string, token: string): void {
    this.send({
      to,
      subject: 'Choose a new password for AgentFlow',
      text: `Somebody asked for a new password for this address.\n\nChoose it here, within 15 minutes:\n${this.address.link(`/reset-password?token=${token}`)}\n\nIf that was not you, ignore this mail: nothing changes.\n`,
    });
  }

  emailVerification(to: string, token: string): void {
    this.send({
      to,
      subject: 'Confirm your e-mail address for AgentFlow',
      text: `Confirm that this address is yours, within 3 days:\n${this.address.link(`/verify-email?token=${token}`)}\n\nIf you did not sign up, ignore this mail.\n`,
    });
  }

  /** The page that shows an invitation; also handed to the person who made it. */
  invitationLink(token: string): string {
    return this.address.link(`/accept-invitation?token=${token}`);
  }

  /** Waits for mails under way, so that a shutdown does not cut one off. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async onModuleDestroy(): Promise<void> {
    await this.settled();
  }

  private send(mail: Mail): void {
    const sending = this.mailer
      .send(mail)
      .catch((error: unknown) => this.logger.error({ err: error, subject: mail.subject }, 'a mail was not sent'))
      .finally(() => this.underWay.delete(sending));
    this.underWay.add(sending);
  }
}

/** Names are people's own text: no line breaks into subject or body, and no address that looks like ours. */
function oneLine(name: string): string {
  return name
    .replace(/[\s\p{C}]+/gu, ' ')
    .replace(/https?:\/\//gi, '')
    .slice(0, 120);
}
