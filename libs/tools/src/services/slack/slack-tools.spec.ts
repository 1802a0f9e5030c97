import { openService } from '../../testing/open-service.js';
import { SECRET, type ServiceAnswer } from '../../testing/service-server.js';

const service = openService();
const slack = (name: string, args: Record<string, unknown>) => service.server.run(name, args, { kind: 'slack' });

describe('the tools of Slack', () => {
  it('post into a thread', async () => {
    service.server.reset({ 'POST /chat.postMessage': { body: { ok: true, channel: 'C1', ts: '1.2' } } });
    const args = { channel: 'C1', text: 'Hello', threadTs: '1.1' };
    expect(await slack('slack_post_message', args)).toEqual({ channel: 'C1', ts: '1.2' });
    expect(Object.fromEntries(new URLSearchParams(service.server.seen[0]?.body))).toEqual({
      channel: 'C1',
      text: 'Hello',
      thread_ts: '1.1',
    });
    expect(service.server.seen[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  it('read channels, threads and people page by page', async () => {
    const more = { response_metadata: { next_cursor: 'next' } };
    const message = { ts: '1.1', user: 'U1', text: 'Hi', reply_count: 2 };
    service.server.reset({
      'POST /conversations.list': { body: { ok: true, channels: [{ id: 'C1', name: 'help' }], ...more } },
      'POST /conversations.history': { body: { ok: true, messages: [message], ...more } },
      'POST /conversations.replies': { body: { ok: true, messages: [message] } },
      'POST /users.list': {
        body: {
          ok: true,
          members: [
            { id: 'U1', name: 'ada' },
            { id: 'U2', deleted: true },
          ],
        },
      },
      'POST /chat.update': { body: { ok: true, channel: 'C1', ts: '1.1' } },
      'POST /reactions.add': { body: { ok: true } },
    });
    expect(await slack('slack_list_channels', {})).toMatchObject({ channels: [{ id: 'C1' }], nextCursor: 'next' });
    expect(await slack('slack_read_channel', { channel: 'C1', cursor: 'now' })).toMatchObject({
      messages: [{ from: 'U1', replies: 2 }],
      nextCursor: 'next',
    });
    expect(new URLSearchParams(service.server.seen[1]?.body).get('cursor')).toBe('now');
    expect(await slack('slack_read_thread', { channel: 'C1', ts: '1.1' })).toMatchObject({ nextCursor: null });
    expect(await slack('slack_list_users', {})).toMatchObject({ people: [{ id: 'U1', isBot: false }] });
    expect(await slack('slack_update_message', { channel: 'C1', ts: '1.1', text: 'x' })).toMatchObject({ ts: '1.1' });
    expect(await slack('slack_add_reaction', { channel: 'C1', ts: '1.1', name: 'eyes' })).toEqual({ added: 'eyes' });
  });

  it.each<[ServiceAnswer, object]>([
    [
      { body: { ok: false, error: 'invalid_auth' } },
      { code: 'tool.refused', message: expect.stringContaining('invalid_auth') },
    ],
    [
      { body: { ok: false, error: 'missing_scope', needed: 'chat:write' } },
      { code: 'tool.refused', message: expect.stringContaining('chat:write') },
    ],
    [{ body: { ok: false, error: 'channel_not_found' } }, { code: 'tool.not_found' }],
    [{ body: { ok: false, error: 'msg_too_long' } }, { code: 'tool.invalid', retryable: false }],
    [
      { status: 429, headers: { 'retry-after': '7' }, body: '' },
      { code: 'tool.rate_limited', retryable: true, retryAfterMs: 7_000 },
    ],
    [
      { status: 500, body: 'oops' },
      { code: 'tool.unavailable', retryable: true, outcomeUnknown: true },
    ],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, { code: 'tool.redirected' }],
  ])('say what %j means', async (answer, failure) => {
    service.server.reset({ 'POST /chat.postMessage': answer });
    await expect(slack('slack_post_message', { channel: 'C1', text: 'x' })).rejects.toMatchObject(failure);
    expect(service.server.seen).toHaveLength(1);
  });
});
