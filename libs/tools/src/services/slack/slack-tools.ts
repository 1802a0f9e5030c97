import type { Tool, ToolArguments } from '../../tool.js';
import type { ToolEgress } from '../../tool-egress.js';
import { cursor, limit, serviceTools, text } from '../service-tool.js';
import { askSlack } from './slack-client.js';

const channel = text('Id of the channel, C0123ABC; slack_list_channels tells it.', 100);
const message = text('What to say, in Slack’s mrkdwn.', 40_000);
const ts = (what: string) => ({ type: 'string', pattern: '^[0-9]{1,15}[.][0-9]{1,10}$', description: what });

interface Args extends ToolArguments {
  readonly channel: string;
  readonly text: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly name: string;
  readonly limit?: number;
  readonly cursor?: string;
}

interface SlackMessage {
  readonly ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly thread_ts?: string;
  readonly reply_count?: number;
}

const messageOf = ({
  ts: at,
  user,
  bot_id: bot,
  text: said,
  thread_ts: threadTs,
  reply_count: replies,
}: SlackMessage) => ({
  ts: at,
  from: user ?? bot ?? null,
  text: said ?? '',
  threadTs: threadTs ?? null,
  replies: replies ?? 0,
});

const nextOf = (answer: { response_metadata?: { next_cursor?: string } }): string | null =>
  answer.response_metadata?.next_cursor || null;

/** What agents do most with channels and messages of Slack. */
export function slackTools(egress: ToolEgress): readonly Tool[] {
  return serviceTools({ kinds: ['slack'], required: true }, [
    {
      name: 'slack_post_message',
      description: 'Posts a message into a Slack channel, or an answer into a thread of it.',
      effect: 'write',
      properties: { channel, text: message, threadTs: ts('The `ts` of the message to answer.') },
      required: ['channel', 'text'],
      run: (given, call) =>
        askSlack(egress, call, true, async ({ chat }) => {
          const { channel: to, text: said, threadTs } = given as Args;
          const answer = await chat.postMessage({ channel: to, text: said, ...(threadTs && { thread_ts: threadTs }) });
          return { channel: answer.channel, ts: answer.ts };
        }),
    },
    {
      name: 'slack_update_message',
      description: 'Changes the text of a message that this app has posted.',
      effect: 'write',
      repeatable: true,
      properties: { channel, ts: ts('The `ts` of the message.'), text: message },
      required: ['channel', 'ts', 'text'],
      run: (given, call) =>
        askSlack(egress, call, true, async ({ chat }) => {
          const { channel: to, ts: at, text: said } = given as Args;
          const answer = await chat.update({ channel: to, ts: at, text: said });
          return { channel: answer.channel, ts: answer.ts };
        }),
    },
    {
      name: 'slack_add_reaction',
      description: 'Adds an emoji to a message.',
      effect: 'write',
      properties: { channel, ts: ts('The `ts` of the message.'), name: text('Name of the emoji without colons.', 100) },
      required: ['channel', 'ts', 'name'],
      run: (given, call) =>
        askSlack(egress, call, true, async ({ reactions }) => {
          const { channel: to, ts: at, name } = given as Args;
          await reactions.add({ channel: to, timestamp: at, name });
          return { added: name };
        }),
    },
    {
      name: 'slack_list_channels',
      description: 'Lists the channels of the Slack workspace that this app may see.',
      effect: 'read',
      properties: { limit: limit(200, 100), cursor: cursor() },
      required: [],
      run: (given, call) =>
        askSlack(egress, call, false, async ({ conversations }) => {
          const { limit: most = 100, cursor: at } = given as Args;
          const answer = await conversations.list({ limit: most, cursor: at, exclude_archived: true });
          const channels = (answer.channels ?? []).map(({ id, name, topic, num_members: members }) => ({
            id,
            name,
            topic: topic?.value ?? '',
            members,
          }));
          return { channels, nextCursor: nextOf(answer) };
        }),
    },
    {
      name: 'slack_read_channel',
      description: 'Reads the latest messages of a Slack channel, newest first.',
      effect: 'read',
      properties: { channel, limit: limit(), cursor: cursor() },
      required: ['channel'],
      run: (given, call) =>
        askSlack(egress, call, false, async ({ conversations }) => {
          const { channel: of, limit: most = 20, cursor: at } = given as Args;
          const answer = await conversations.history({ channel: of, limit: most, cursor: at });
          return { messages: (answer.messages ?? []).map(messageOf), nextCursor: nextOf(answer) };
        }),
    },
    {
      name: 'slack_read_thread',
      description: 'Reads a thread of a Slack channel, oldest message first.',
      effect: 'read',
      properties: { channel, ts: ts('The `ts` of the message that began it.'), limit: limit(), cursor: cursor() },
      required: ['channel', 'ts'],
      run: (given, call) =>
        askSlack(egress, call, false, async ({ conversations }) => {
          const { channel: of, ts: began, limit: most = 20, cursor: at } = given as Args;
          const answer = await conversations.replies({ channel: of, ts: began, limit: most, cursor: at });
          return { messages: (answer.messages ?? []).map(messageOf), nextCursor: nextOf(answer) };
        }),
    },
    {
      name: 'slack_list_users',
      description: 'Lists people of the Slack workspace, with the ids by which messages mention them.',
      effect: 'read',
      properties: { limit: limit(200, 100), cursor: cursor() },
      required: [],
      run: (given, call) =>
        askSlack(egress, call, false, async ({ users }) => {
          const { limit: most = 100, cursor: at } = given as Args;
          const answer = await users.list({ limit: most, cursor: at });
          const people = (answer.members ?? [])
            .filter(({ deleted }) => deleted !== true)
            .map(({ id, name, real_name: realName, is_bot: isBot }) => ({ id, name, realName, isBot: isBot ?? false }));
          return { people, nextCursor: nextOf(answer) };
        }),
    },
  ]);
}
