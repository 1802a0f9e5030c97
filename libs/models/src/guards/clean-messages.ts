import type { Message } from '#providers';

/** C0 without tab and line ends, DEL, and the tag characters, which say to a model what no reader sees. */
const UNSEEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|[\u{E0000}-\u{E007F}]/gu;
const SUSPECT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uD800-\uDFFF]/;

/**
 * The messages without characters that no text needs: control characters, halves of characters, hidden tags. Flags of
 * countries with tags in them lose those. Messages that have none come back as they are.
 */
export function cleanMessages(messages: readonly Message[]): readonly Message[] {
  return messages.map(cleanMessage);
}

function cleanMessage(message: Message): Message {
  if (typeof message.content === 'string') {
    const content = cleanText(message.content);
    return content === message.content ? message : { ...message, content };
  }
  const content = message.content.map((part) =>
    part.type === 'text' ? { ...part, text: cleanText(part.text) } : part,
  );
  return { ...message, content } as Message;
}

function cleanText(text: string): string {
  return SUSPECT.test(text) ? wellFormed(text).replace(UNSEEN, '') : text;
}

/** As `String.prototype.toWellFormed`, which older runtimes lack. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (found) =>
    found.length === 2 ? found : '\uFFFD',
  );
}
