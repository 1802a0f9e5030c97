import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** A revision that nothing ever has. */
const NEVER = 0;

/**
 * The revision that the caller's change was made from.
 * @returns null when the caller asks for none (no header, or `*`); for a tag that we never gave out one that matches nothing
 */
export function readIfMatch(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null;
  const [, revision] = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(header) ?? [];
  return revision === undefined ? NEVER : Number(revision);
}

/** Injects what {@link readIfMatch} reads; parameter type `number | null`. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  readIfMatch(context.switchToHttp().getRequest<Request>().headers['if-match']),
);

/** For `@ApiHeader` of routes that use {@link IfMatch}. */
export const IF_MATCH_HEADER = {
  name: 'If-Match',
  required: false,
  description: 'ETag of the state that the change was made from; when it has changed since, nothing is saved (412).',
};
