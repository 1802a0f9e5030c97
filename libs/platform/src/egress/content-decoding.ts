import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { Transform } from 'node:stream';

/** What requests announce; anything more exotic would be refused on arrival. */
export const ACCEPT_ENCODING = 'gzip, br';

const DECODERS: Record<string, (firstByte: number) => Transform> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  br: () => createBrotliDecompress(),
  // Half the servers that say "deflate" leave out the zlib header; its first byte tells.
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()),
};

export type DecoderFactory = (firstByte: number) => Transform;

/** The decoder for a `content-encoding` header, `identity` for a body that is plain, `refused` for codings that are unknown or stacked. */
export function decoderFor(contentEncoding: string | undefined): DecoderFactory | 'identity' | 'refused' {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length === 0) return 'identity';
  const coding = codings[0] ?? '';
  // Stacked codings multiply their ratios, and no honest server sends them.
  return codings.length === 1 && Object.hasOwn(DECODERS, coding) ? (DECODERS[coding] ?? 'refused') : 'refused';
}
