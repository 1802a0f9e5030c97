import type { Message } from '../turns/message.entity.js';
import type { ConversationRow } from './conversations.read-model.js';

/** The conversation as a document that people read. */
export function toMarkdown({ title, agentName, createdAt }: ConversationRow, messages: readonly Message[]): string {
  const heading = `# ${title.replace(/\s+/g, ' ')}\n\nWith ${agentName}, begun ${createdAt.toISOString()}.\n`;
  const parts = messages
    .filter(({ state }) => state !== 'rolled_back')
    .map(({ role, content, createdAt: at, error, state }) => {
      const who = role === 'user' ? 'You' : agentName;
      const note = error === null ? (state === 'interrupted' ? '\n\n_Interrupted._' : '') : `\n\n_${error.message}_`;
      return `\n## ${who} · ${at.toISOString()}\n\n${content}${note}\n`;
    });
  return [heading, ...parts].join('');
}
