import type { Failure } from '#kernel';
import { jsonText } from '../json-text.js';
import {
  beginningOf,
  LARGE_BYTES,
  type LargeFields,
  largeText,
  type Payload,
  SURELY_SMALL_CHARACTERS,
} from './payload.js';
import type { PayloadReference } from './payload.js';

/** The same value comes as the row of its step, as event and as output of its run, shortly after one another. */
const REMEMBERED_VALUES = 8;

type Fields = Readonly<Record<string, unknown>>;

/** The large values of one run on their way into the database, each once. */
export class PayloadOutbox {
  /** Of everything that was handed over so far. */
  bytes = 0;
  private readonly handedOver = new Set<string>();
  private readonly recent = new Map<unknown, PayloadReference>();
  private pending: Payload[] = [];

  /**
   * JSON text of `row`. Those of its `fields` that are large are put out of it: they are null there, and the row gets
   * a field `large` with a reference for each. An error keeps everything but the end of its message.
   */
  textOf(row: object, fields: readonly string[]): string {
    if (!this.hasLarge(row as Fields, fields)) {
      const text = jsonText(row);
      if (text.length <= SURELY_SMALL_CHARACTERS) return text;
    }
    return jsonText(this.small(row as Fields, fields));
  }

  /** The same for an event, whose fields are those of its data. */
  eventText(event: { readonly data: unknown }, fields: readonly string[]): string {
    const data = event.data as Fields;
    if (!this.hasLarge(data, fields)) {
      const text = jsonText(event);
      if (text.length <= SURELY_SMALL_CHARACTERS) return text;
    }
    return jsonText({ ...event, data: this.small(data, fields) });
  }

  /** JSON text of the value; or, when that is large, a reference, and the text goes with the next commit. */
  put(value: unknown): { readonly json: string | null; readonly reference: PayloadReference | null } {
    const known = this.recent.get(value);
    if (known) return { json: null, reference: known };
    const json = jsonText(value ?? null);
    const large = largeText(json);
    if (!large) return { json, reference: null };
    const { reference, payload } = large;
    if (this.recent.size >= REMEMBERED_VALUES) this.recent.clear();
    this.recent.set(value, reference);
    if (!this.handedOver.has(payload.hash)) {
      this.handedOver.add(payload.hash);
      this.bytes += payload.bytes;
      this.pending.push(payload);
    }
    return { json: null, reference };
  }

  get isEmpty(): boolean {
    return this.pending.length === 0;
  }

  /** Everything that has not been committed yet. */
  take(): Payload[] {
    const { pending } = this;
    this.pending = [];
    this.recent.clear();
    return pending;
  }

  /** A guess that spares the text of what is not kept that way; where it is wrong, the length of the text says so. */
  private hasLarge(row: Fields, fields: readonly string[]): boolean {
    return fields.some((field) => looksLarge(row[field]) || (this.recent.size > 0 && this.recent.has(row[field])));
  }

  private small(row: Fields, fields: readonly string[]): object {
    const large: Record<string, PayloadReference> = {};
    const small: Record<string, unknown> = { ...row };
    for (const field of fields) {
      const { reference } = this.put(row[field]);
      if (!reference) continue;
      large[field] = reference;
      small[field] = field === 'error' ? shortened(row[field] as Failure) : null;
    }
    return Object.keys(large).length > 0 ? { ...small, large } : row;
  }
}

/** A long text, or an object with one. */
function looksLarge(value: unknown): boolean {
  if (isLongText(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  const { text, body } = value as Fields;
  return isLongText(text) || isLongText(body);
}

function isLongText(value: unknown): boolean {
  return typeof value === 'string' && value.length > LARGE_BYTES;
}

/** Of a failure stays what can be acted on. */
export function shortened(error: Failure): Failure {
  return { ...error, message: `${beginningOf(error.message)}…` };
}

/** Those references that there are; undefined when there are none. */
export function largeFields(references: Readonly<Record<string, PayloadReference | null>>): LargeFields | undefined {
  const there = Object.entries(references).filter((each): each is [string, PayloadReference] => each[1] !== null);
  return there.length > 0 ? Object.fromEntries(there) : undefined;
}
