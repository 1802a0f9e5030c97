/** Mail to people: a server when the operator names one, files in the data directory otherwise. */
export { type Mail, Mailer } from './mailer.js';
export { MailModule } from './mail.module.js';
