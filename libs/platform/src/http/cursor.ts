import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors/index.js';

/** A page of a list, newest first; there is no total, because counting costs more than the page. */
export interface Page<T> {
  readonly data: readonly T[];
  /** For the next request's `cursor`; null on the last page. */
  readonly nextCursor: string | null;
  readonly hasMore: boolean;
}

/** Position in a list sorted by time and id, both descending. */
export interface Cursor {
  /** Microsecond-exact as Postgres wrote it, because two rows may share a millisecond. */
  readonly at: string;
  readonly id: string;
}

/** Opaque, signed positions: a cursor cannot be made up, nor carried from one list or organisation to another. */
export class CursorCodec {
  constructor(private readonly secret: string) {}

  /** @param list name of list and organisation that the cursor is bound to */
  encode(list: string, { at, id }: Cursor): string {
    const payload = Buffer.from(JSON.stringify([at, id])).toString('base64url');
    return `${payload}.${this.sign(list, payload)}`;
  }

  /** @throws AppError malformed when the cursor is not one that this list gave out */
  decode(list: string, cursor: string): Cursor {
    const [payload = '', signature = ''] = cursor.split('.');
    const expected = Buffer.from(this.sign(list, payload));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) throw unknownCursor();
    const [at, id] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as [string, string];
    return { at, id };
  }

  /** Cuts `limit + 1` rows down to a page. */
  page<T>(list: string, rows: readonly T[], limit: number, position: (row: T) => Cursor): Page<T> {
    const data = rows.slice(0, limit);
    const last = data.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { data, hasMore, nextCursor: hasMore ? this.encode(list, position(last)) : null };
  }

  private sign(list: string, payload: string): string {
    return createHmac('sha256', this.secret).update(`${list}:${payload}`).digest('base64url').slice(0, 22);
  }
}

function unknownCursor(): AppError {
  return new AppError(
    'malformed',
    'request.invalid_cursor',
    'This cursor does not belong to this list. Start again without one.',
    {
      errors: [
        { pointer: '/query/cursor', code: 'invalid_cursor', message: 'Use nextCursor of the page before, unchanged.' },
      ],
    },
  );
}
