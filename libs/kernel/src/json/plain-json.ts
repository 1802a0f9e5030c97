import { isJsonataFunction } from '../expression/jsonata-values.js';

export interface JsonLimits {
  /** UTF-8 bytes of the JSON text, escapes not counted. */
  readonly maxBytes: number;
  /** Objects and arrays inside one another. */
  readonly maxDepth: number;
}

/** The deepest value that moves between nodes: far beyond any sensible document, far below what a stack bears. */
export const MAX_JSON_DEPTH = 100;

/** Why a value cannot be kept as JSON. */
export class JsonValueError extends Error {
  override readonly name = 'JsonValueError';

  constructor(
    readonly reason: 'too_large' | 'too_deep' | 'not_json',
    message: string,
  ) {
    super(message);
  }
}

export interface PlainJson {
  readonly value: unknown;
  readonly bytes: number;
}

/**
 * The value exactly as it would come back from the journal, so that a resumed run computes what the first one did:
 * `undefined` is null or absent, arrays and objects are plain, nothing but JSON is inside. Parts that are already
 * plain are shared, not copied. Stops as soon as a limit is passed, however large the value is when shared parts are
 * written out.
 *
 * @throws JsonValueError
 */
export function toPlainJson(value: unknown, limits: JsonLimits): PlainJson {
  const reader = new JsonReader(limits);
  return { value: value === undefined ? null : reader.read(value, 0), bytes: reader.bytes };
}

class JsonReader {
  bytes = 0;

  constructor(private readonly limits: JsonLimits) {}

  read(value: unknown, depth: number): unknown {
    switch (typeof value) {
      case 'string':
        this.add(value.length > this.limits.maxBytes ? value.length : Buffer.byteLength(value) + 2);
        return value;
      case 'number':
        this.add(8);
        if (Number.isFinite(value)) return value;
        throw new JsonValueError('not_json', `the number ${value} has no place in JSON`);
      case 'boolean':
        this.add(5);
        return value;
      case 'object':
        if (value === null) {
          this.add(4);
          return null;
        }
        if (depth >= this.limits.maxDepth) {
          throw new JsonValueError('too_deep', `it nests deeper than ${this.limits.maxDepth} levels`);
        }
        return Array.isArray(value) ? this.readArray(value, depth + 1) : this.readObject(value, depth + 1);
      default:
        throw new JsonValueError('not_json', `a ${typeof value} has no place in JSON`);
    }
  }

  private readArray(array: readonly unknown[], depth: number): readonly unknown[] {
    this.add(2);
    // JSONata marks its sequences by extra properties on the array; they must not travel further.
    let copy: unknown[] | undefined =
      Object.getPrototypeOf(array) === Array.prototype && !('sequence' in array) && !('keepSingleton' in array)
        ? undefined
        : [];
    for (let index = 0; index < array.length; index++) {
      const item = array[index];
      this.add(1);
      const plain = item === undefined ? null : this.read(item, depth);
      if (copy === undefined && plain !== item) copy = array.slice(0, index);
      copy?.push(plain);
    }
    return copy ?? array;
  }

  private readObject(object: object, depth: number): object {
    const prototype: unknown = Object.getPrototypeOf(object);
    if ((prototype !== Object.prototype && prototype !== null) || isJsonataFunction(object)) {
      throw new JsonValueError('not_json', 'a function or class instance has no place in JSON');
    }
    this.add(2);
    const record = object as Record<string, unknown>;
    const keys = Object.keys(record);
    let copy: Record<string, unknown> | undefined = prototype === null ? {} : undefined;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as string;
      const item = record[key];
      const dropped = item === undefined || key === '__proto__';
      if (!dropped) this.add(key.length + 4);
      const plain = dropped ? undefined : this.read(item, depth);
      if (copy === undefined && (dropped || plain !== item)) copy = pick(record, keys, index);
      if (copy !== undefined && !dropped) copy[key] = plain;
    }
    return copy ?? object;
  }

  private add(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.limits.maxBytes) {
      throw new JsonValueError('too_large', `it is larger than ${this.limits.maxBytes} bytes`);
    }
  }
}

function pick(record: Record<string, unknown>, keys: readonly string[], count: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of keys.slice(0, count)) copy[key] = record[key];
  return copy;
}
