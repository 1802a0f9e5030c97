interface Part {
  readonly mimeType?: string;
  readonly filename?: string;
  readonly headers?: readonly { readonly name?: string; readonly value?: string }[];
  readonly body?: { readonly data?: string; readonly size?: number };
  readonly parts?: readonly Part[];
}

export interface MessageAnswer {
  readonly id: string;
  readonly threadId: string;
  readonly snippet?: string;
  readonly labelIds?: readonly string[];
  readonly payload?: Part;
}

const MAX_DEPTH = 20;
const MAX_TEXT = 100_000;

export function messageOf(message: MessageAnswer, withText = false) {
  const { id, threadId, snippet = '', labelIds = [], payload = {} } = message;
  const header = (wanted: string): string | null =>
    payload.headers?.find(({ name }) => name?.toLowerCase() === wanted)?.value ?? null;
  const parts = withText ? allParts(payload, 0) : [];
  return {
    id,
    threadId,
    from: header('from'),
    to: header('to'),
    replyTo: header('reply-to'),
    subject: header('subject') ?? '',
    date: header('date'),
    messageId: header('message-id'),
    references: header('references'),
    labels: labelIds,
    snippet,
    ...(withText && {
      text: textOf(parts),
      attachments: parts
        .filter(({ filename }) => filename)
        .map(({ filename, mimeType, body }) => ({ filename, mimeType, size: body?.size ?? 0 })),
    }),
  };
}

function allParts(part: Part, depth: number): Part[] {
  if (depth > MAX_DEPTH) return [];
  return [part, ...(part.parts ?? []).flatMap((each) => allParts(each, depth + 1))];
}

/** The plain text; of a mail that has only HTML, its words. */
function textOf(parts: readonly Part[]): string {
  const data = (type: string): string | undefined =>
    parts.find(({ mimeType, filename, body }) => mimeType === type && !filename && body?.data)?.body?.data;
  const plain = data('text/plain');
  const html = plain === undefined ? data('text/html') : undefined;
  const text = Buffer.from(plain ?? html ?? '', 'base64url').toString('utf8');
  return (html === undefined ? text : wordsOf(text.slice(0, 5 * MAX_TEXT))).slice(0, MAX_TEXT);
}

/** In one pass: whoever sends a mail chooses its HTML. */
function wordsOf(html: string): string {
  const words: string[] = [];
  const lower = html.toLowerCase();
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    words.push(html.slice(at, open === -1 ? undefined : open));
    if (open === -1) break;
    const silent = /^<(style|script)\b/.exec(lower.slice(open, open + 10))?.[1];
    const close = silent === undefined ? open : lower.indexOf(`</${silent}`, open);
    const end = close === -1 ? -1 : html.indexOf('>', close);
    if (end === -1) break;
    at = end + 1;
  }
  return words.join(' ').replace(/\s+/g, ' ').trim();
}

export function saidIn(body: unknown): string {
  const { error } = (body ?? {}) as { error?: unknown };
  if (typeof error === 'string') return error;
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : '';
}
