import type { JsonSchema } from './json-schema.js';

/** `text` is the default; `json` asks for one JSON document and nothing else. */
export type ResponseFormat =
  | { readonly type: 'text' }
  | {
      readonly type: 'json';
      /** The answer must satisfy it; without one any JSON document will do. */
      readonly schema?: JsonSchema;
      /** A name the model sees, for example `invoice`. */
      readonly name?: string;
    };
