import type { Tool, ToolArguments } from '../../tool.js';
import type { ToolEgress } from '../../tool-egress.js';
import { path, RestService } from '../rest-service.js';
import { cursor, limit, type ServiceCall, serviceTools, text, texts } from '../service-tool.js';
import { type MessageAnswer, messageOf, saidIn } from './gmail-views.js';
import { rawMail } from './raw-mail.js';

const GMAIL = 'https://gmail.googleapis.com';
const ME = '/gmail/v1/users/me';
const id = text('Id of the message.', 100);
const mail = {
  to: texts('Addresses.', 50),
  cc: texts('Addresses.', 50),
  subject: text('Subject.', 500),
  body: text('Plain text.', 100_000),
};

interface Args extends ToolArguments {
  readonly id: string;
  readonly query?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly subject?: string;
  readonly body: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly limit?: number;
  readonly cursor?: string;
}

/** What agents do most with the mail of one account of Gmail, over its REST API. */
export function gmailTools(egress: ToolEgress): readonly Tool[] {
  const ask = async <T>(call: ServiceCall, request: Parameters<RestService['ask']>[0]): Promise<T> =>
    (await new RestService(egress, call.credential, {
      name: 'Gmail',
      baseUrl: call.credential.fields['baseUrl'] ?? GMAIL,
      saidIn,
    }).ask(request, call)) as T;
  const read = (call: ServiceCall, message: string, format: 'full' | 'metadata') =>
    ask<MessageAnswer>(call, {
      path: path`/gmail/v1/users/me/messages/${message}`,
      query: { format, metadataHeaders: ['From', 'To', 'Subject', 'Date', 'Message-ID', 'Reply-To', 'References'] },
    });
  return serviceTools({ kinds: ['gmail'], required: true }, [
    {
      name: 'gmail_search',
      description: 'Searches mail with Gmail’s search language and tells sender, subject and beginning of each.',
      effect: 'read',
      properties: {
        query: text('`is:unread from:ada@example.com`, for example.', 1_000),
        limit: limit(25, 10),
        cursor: cursor(),
      },
      required: [],
      run: async (given, call) => {
        const { query: q, limit: maxResults = 10, cursor: pageToken } = given as Args;
        const found = await ask<{ messages?: { id: string }[]; nextPageToken?: string }>(call, {
          path: `${ME}/messages`,
          query: { q, maxResults, pageToken },
        });
        const messages = await Promise.all((found.messages ?? []).map((each) => read(call, each.id, 'metadata')));
        return { messages: messages.map((each) => messageOf(each)), nextCursor: found.nextPageToken ?? null };
      },
    },
    {
      name: 'gmail_get_message',
      description: 'Reads one mail with its text.',
      effect: 'read',
      properties: { id },
      required: ['id'],
      run: async (given, call) => messageOf(await read(call, (given as Args).id, 'full'), true),
    },
    {
      name: 'gmail_send',
      description: 'Sends a mail.',
      effect: 'write',
      properties: mail,
      required: ['to', 'subject', 'body'],
      run: (given, call) =>
        ask<{ id: string; threadId: string }>(call, {
          method: 'POST',
          path: `${ME}/messages/send`,
          body: { raw: rawMail(given as Args) },
        }).then(({ id: sent, threadId }) => ({ id: sent, threadId })),
    },
    {
      name: 'gmail_reply',
      description: 'Answers a mail in its thread, to whoever sent it.',
      effect: 'write',
      properties: { id, body: mail.body },
      required: ['id', 'body'],
      run: async (given, call) => {
        const { id: answered, body } = given as Args;
        const message = await read(call, answered, 'metadata');
        const { from, replyTo, subject, messageId, references } = messageOf(message);
        const raw = rawMail({
          to: [replyTo ?? from ?? ''],
          subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
          body,
          inReplyTo: messageId,
          references: [references, messageId].filter((each) => each !== null).join(' '),
        });
        const sent = await ask<{ id: string; threadId: string }>(call, {
          method: 'POST',
          path: `${ME}/messages/send`,
          body: { raw, threadId: message.threadId },
        });
        return { id: sent.id, threadId: sent.threadId };
      },
    },
    {
      name: 'gmail_create_draft',
      description: 'Writes a mail that a person sends later.',
      effect: 'write',
      properties: mail,
      required: ['to', 'subject', 'body'],
      run: (given, call) =>
        ask<{ id: string }>(call, {
          method: 'POST',
          path: `${ME}/drafts`,
          body: { message: { raw: rawMail(given as Args) } },
        }).then(({ id: draft }) => ({ id: draft })),
    },
    {
      name: 'gmail_list_labels',
      description: 'Lists the labels of the account with their ids.',
      effect: 'read',
      properties: {},
      required: [],
      run: async (_given, call) => {
        const { labels = [] } = await ask<{ labels?: { id: string; name: string }[] }>(call, { path: `${ME}/labels` });
        return { labels: labels.map(({ id: label, name }) => ({ id: label, name })) };
      },
    },
    {
      name: 'gmail_label_message',
      description: 'Adds labels to a mail and takes others away; removing UNREAD marks it as read.',
      effect: 'write',
      repeatable: true,
      properties: { id, add: texts('Ids of labels.', 20), remove: texts('Ids of labels.', 20) },
      required: ['id'],
      run: async (given, call) => {
        const { id: message, add = [], remove = [] } = given as Args;
        const request = { method: 'POST', path: path`/gmail/v1/users/me/messages/${message}/modify` } as const;
        const { labelIds } = await ask<{ labelIds?: string[] }>(call, {
          ...request,
          body: { addLabelIds: add, removeLabelIds: remove },
        });
        return { id: message, labels: labelIds ?? [] };
      },
    },
  ]);
}
