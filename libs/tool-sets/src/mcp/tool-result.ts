import { z } from 'zod';
import { cleanText } from '../clean-text.js';
import type { CallResult } from './mcp-connection.js';

/** JSON bytes of a result; what lies beyond is cut and marked, because the tool has done its work by then. */
export const RESULT_BYTES = 256 * 1024;
/** What of it pictures, sounds and files may take. */
const ATTACHED_BYTES = 128 * 1024;
const TEXT_BYTES = 64 * 1024;
const MAX_ATTACHMENTS = 50;
const MAX_LABEL = 2_000;

const label = z
  .string()
  .transform((text) => cleanText(text, MAX_LABEL))
  .optional()
  .catch(undefined);
const named = { mimeType: label, uri: label, name: label, title: label, description: label };
const textBlock = z.object({ type: z.literal('text'), text: z.string() });
const mediaBlock = z.object({ type: z.enum(['image', 'audio']), data: z.string(), mimeType: label });
const linkBlock = z.object({ type: z.literal('resource_link'), ...named });
const resourceBlock = z.object({
  type: z.literal('resource'),
  resource: z.object({ uri: label, mimeType: label, text: z.string().optional(), blob: z.string().optional() }),
});

/** Something beside the text of a result. `data` is base64 and absent, with a mark, where there is no room for it. */
interface Attachment {
  readonly type: 'image' | 'audio' | 'resource' | 'resource_link' | 'unknown';
  readonly uri?: string;
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
  readonly text?: string;
  readonly data?: string;
  readonly omitted?: true;
}

/**
 * What a tool has answered, as JSON of at most {@link RESULT_BYTES}: the structured content where there is one, else the
 * text, else `{ text, attachments }` when there is more than text.
 */
export function resultOf({ structuredContent, content }: CallResult): unknown {
  if (structuredContent !== undefined && structuredContent !== null) {
    const json = JSON.stringify(structuredContent);
    return Buffer.byteLength(json) <= RESULT_BYTES
      ? structuredContent
      : { truncated: true, text: cut(json, RESULT_BYTES / 2) };
  }
  const text = textOf(content);
  const others = content.filter((block) => !textBlock.safeParse(block).success);
  if (others.length === 0) return cut(text, RESULT_BYTES - 1_000);
  return { text: cut(text, TEXT_BYTES), attachments: attachmentsIn(others) };
}

/** The texts of an answer, one below the other. */
export function textOf(content: readonly unknown[]): string {
  return content
    .map((block) => textBlock.safeParse(block).data?.text)
    .filter((text) => text !== undefined)
    .join('\n');
}

function attachmentsIn(blocks: readonly unknown[]): readonly Attachment[] {
  let room = ATTACHED_BYTES;
  return blocks.slice(0, MAX_ATTACHMENTS).map((block) => {
    const whole = attachmentOf(block);
    const { data: _data, text: _text, ...bare } = whole;
    for (const attachment of [whole, { ...bare, omitted: true } as const]) {
      const bytes = Buffer.byteLength(JSON.stringify(attachment));
      if (bytes > room) continue;
      room -= bytes;
      return attachment;
    }
    return { type: whole.type, omitted: true };
  });
}

function attachmentOf(block: unknown): Attachment {
  const media = mediaBlock.safeParse(block).data;
  if (media) return media;
  const link = linkBlock.safeParse(block).data;
  if (link) return link;
  const resource = resourceBlock.safeParse(block).data?.resource;
  if (!resource) return { type: 'unknown', omitted: true };
  const { blob, ...rest } = resource;
  return { type: 'resource', ...rest, ...(blob !== undefined && { data: blob }) };
}

/** A text of at most so many bytes of JSON, with a mark where something is missing. */
function cut(text: string, maxBytes: number): string {
  const fits = (length: number): boolean => Buffer.byteLength(JSON.stringify(text.slice(0, length))) <= maxBytes;
  if (fits(text.length)) return text;
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return `${text.slice(0, good)}… (${text.length - good} more characters were left out: ask for less)`;
}
