import type { JsonSchema } from './json-schema.js';

/** A tool as the model is told about it. Running it is the caller's business. */
export interface ToolDefinition {
  /** Letters, digits, `_` and `-`, at most 64: the narrowest rule among providers. */
  readonly name: string;
  /** When and why to use it; the model chooses by this. */
  readonly description: string;
  /** JSON Schema of the arguments, an object at the root. */
  readonly parameters: JsonSchema;
}

/** `auto` lets the model decide, `none` forbids, `required` forces some tool, an object forces that one. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly toolName: string };

/** A complete call: never delivered before its last argument byte has arrived and parsed. */
export interface ToolCall {
  /** Unique within the reply; the tool message that answers repeats it. */
  readonly id: string;
  readonly toolName: string;
  /** Parsed arguments, always an object. Not yet checked against the tool's schema. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /**
   * What the provider wants back, unread, when the conversation goes on: Gemini's thought signature. Others ignore
   * it, and without it the provider does as if the call were another model's.
   */
  readonly signature?: string;
}
