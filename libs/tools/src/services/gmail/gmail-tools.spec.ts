import { openService } from '../../testing/open-service.js';
import type { ServiceAnswer } from '../../testing/service-server.js';

const service = openService();
const gmail = (name: string, args: Record<string, unknown>) => service.server.run(name, args, { kind: 'gmail' });

describe('the tools of Gmail', () => {
  const encoded = (said: string): string => Buffer.from(said).toString('base64url');
  const message = (payload: object) => ({ id: 'm1', threadId: 't1', snippet: 'Hi', labelIds: ['INBOX'], payload });
  const headers = [
    { name: 'From', value: 'Ada <ada@example.org>' },
    { name: 'Subject', value: 'Lunch' },
    { name: 'Message-ID', value: '<1@x>' },
  ];

  it('search and read mail, with its plain text or the words of its HTML', async () => {
    service.server.reset({
      'GET /gmail/v1/users/me/messages': { body: { messages: [{ id: 'm1' }], nextPageToken: 'next' } },
      'GET /gmail/v1/users/me/messages/m1': {
        body: message({
          headers,
          parts: [
            { mimeType: 'text/html', body: { data: encoded('<style>p{}</style><p>See <b>you</b><script>x') } },
            { mimeType: 'application/pdf', filename: 'menu.pdf', body: { size: 9 } },
          ],
        }),
      },
      'GET /gmail/v1/users/me/labels': { body: { labels: [{ id: 'INBOX', name: 'INBOX' }] } },
      'POST /gmail/v1/users/me/messages/m1/modify': { body: { labelIds: [] } },
    });
    expect(await gmail('gmail_search', { query: 'is:unread' })).toMatchObject({
      messages: [{ id: 'm1', from: 'Ada <ada@example.org>', subject: 'Lunch' }],
      nextCursor: 'next',
    });
    expect(await gmail('gmail_get_message', { id: 'm1' })).toMatchObject({
      text: 'See you',
      attachments: [{ filename: 'menu.pdf', size: 9 }],
    });
    expect(await gmail('gmail_list_labels', {})).toEqual({ labels: [{ id: 'INBOX', name: 'INBOX' }] });
    expect(await gmail('gmail_label_message', { id: 'm1', remove: ['UNREAD'] })).toEqual({ id: 'm1', labels: [] });
  });

  it('send, answer in the thread, and write drafts', async () => {
    const sent: string[] = [];
    const keep = ({ body }: { body: string }): ServiceAnswer => {
      const { raw, message: draft } = JSON.parse(body) as { raw?: string; message?: { raw: string } };
      sent.push(Buffer.from(raw ?? draft?.raw ?? '', 'base64url').toString());
      return { body: { id: 's1', threadId: 't1' } };
    };
    service.server.reset({
      'POST /gmail/v1/users/me/messages/send': keep,
      'POST /gmail/v1/users/me/drafts': keep,
      'GET /gmail/v1/users/me/messages/m1': { body: message({ headers }) },
    });
    await gmail('gmail_send', { to: ['a@x.org', 'b@x.org'], subject: 'Grüße', body: 'Hällo' });
    await gmail('gmail_reply', { id: 'm1', body: 'Yes' });
    await gmail('gmail_create_draft', { to: ['a@x.org'], subject: 'Later', body: 'x' });
    expect(sent[0]).toMatch(/^To: a@x\.org, b@x\.org\r\nSubject: =\?UTF-8\?B\?R3LDvMOfZQ==\?=\r\n/);
    expect(Buffer.from(sent[0]!.split('\r\n\r\n')[1]!, 'base64').toString()).toBe('Hällo');
    expect(sent[1]).toMatch(
      /To: Ada <ada@example\.org>\r\nSubject: Re: Lunch\r\nIn-Reply-To: <1@x>\r\nReferences: <1@x>/,
    );
    expect(sent).toHaveLength(3);
  });

  it('let nobody slip in a header', async () => {
    await expect(
      gmail('gmail_send', { to: ['a@x.org\r\nBcc: evil@x.org'], subject: 'x', body: 'x' }),
    ).rejects.toMatchObject({ code: 'tool.invalid' });
    expect(service.server.seen).toEqual([]);
  });

  it.each<[ServiceAnswer, object]>([
    [{ status: 403, body: { error: { message: 'Insufficient Permission' } } }, { code: 'tool.refused' }],
    [
      { status: 400, body: { error: { message: 'Invalid to header' } } },
      { code: 'tool.invalid', message: expect.stringContaining('Invalid to header') },
    ],
    [{ status: 429, body: {} }, { code: 'tool.rate_limited' }],
  ])('say what %j means', async (answer, failure) => {
    service.server.reset({ 'POST /gmail/v1/users/me/messages/send': answer });
    await expect(gmail('gmail_send', { to: ['a@x.org'], subject: 'x', body: 'x' })).rejects.toMatchObject(failure);
  });
});
