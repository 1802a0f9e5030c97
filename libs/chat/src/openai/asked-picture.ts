import type { ModelImage } from '#kernel';
import { unsupported } from './read-body.js';

/** Of one picture, as the model gets it. */
export const MOST_PICTURE_BYTES = 5 * 1024 * 1024;

/** A picture that a client has sent, or said where to find. */
export interface AskedPicture {
  /** Where in the request it stands, as `messages/0/content/1`. */
  readonly field: string;
  readonly image: ModelImage | { readonly url: string };
}

/** @param address a `data:` URL, or where the picture is to be fetched from @throws AppError that names the field */
export function askedPicture(address: unknown, field: string): AskedPicture {
  if (typeof address !== 'string') throw unsupported(field, 'Send the picture’s address or a data: URL as text.');
  if (/^https?:\/\//i.test(address)) return { field, image: { url: address } };
  const comma = address.indexOf(',');
  if (!/^data:[^,]*;base64$/i.test(address.slice(0, Math.max(comma, 0)))) {
    throw unsupported(field, 'A picture is an http(s) address or a data: URL in base64.');
  }
  return { field, image: readPicture(Buffer.from(address.slice(comma + 1), 'base64'), field) };
}

/** @throws AppError for bytes that are no picture, or too many */
export function readPicture(bytes: Buffer, field: string): ModelImage {
  if (bytes.length > MOST_PICTURE_BYTES) {
    throw unsupported(field, `A picture has at most ${MOST_PICTURE_BYTES / 1024 / 1024} MiB.`);
  }
  const mediaType = SIGNATURES.find(({ begins }) => begins(bytes))?.mediaType;
  if (mediaType === undefined) throw unsupported(field, 'This is no PNG, JPEG, GIF or WebP picture.');
  return { mediaType, data: bytes.toString('base64') };
}

/** By what the bytes are, whatever the sender calls them. */
const SIGNATURES: readonly { readonly mediaType: string; readonly begins: (bytes: Buffer) => boolean }[] = [
  { mediaType: 'image/png', begins: (bytes) => has(bytes, 0, '\x89PNG\r\n\x1a\n') },
  { mediaType: 'image/jpeg', begins: (bytes) => has(bytes, 0, '\xff\xd8\xff') },
  { mediaType: 'image/gif', begins: (bytes) => has(bytes, 0, 'GIF8') },
  { mediaType: 'image/webp', begins: (bytes) => has(bytes, 0, 'RIFF') && has(bytes, 8, 'WEBP') },
];

function has(bytes: Buffer, at: number, text: string): boolean {
  return bytes.subarray(at, at + text.length).toString('latin1') === text;
}
