import type { CredentialNeed, Tool, ToolArguments, ToolCall } from '../tool.js';
import type { ToolCredential } from '../tool-credential.js';

const TIMEOUT_MS = 60_000;
const OUTPUT_BYTES = 256 * 1024;

type Properties = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a tool of a service is made from; the rest is the same for all of them. */
export interface ServiceTool {
  readonly name: string;
  readonly description: string;
  readonly effect: 'read' | 'write';
  readonly properties: Properties;
  readonly required: readonly string[];
  /** The other side bears the same call twice. */
  readonly repeatable?: true;
  readonly run: (args: ToolArguments, call: ServiceCall) => Promise<unknown>;
}

/** A call that certainly has its credential. */
export interface ServiceCall extends ToolCall {
  readonly credential: ToolCredential;
}

/** Completes the tools of one service. */
export function serviceTools(credential: CredentialNeed, tools: readonly ServiceTool[]): readonly Tool[] {
  return tools.map(({ name, description, effect, properties, required, repeatable, run }) => ({
    name,
    description,
    effect,
    inputSchema: { type: 'object', properties, required, additionalProperties: false },
    timeoutMs: TIMEOUT_MS,
    outputBytes: OUTPUT_BYTES,
    credential,
    isRepeatable: () => effect === 'read' || repeatable === true,
    run: (args, call) => run(args, withCredential(name, call)),
  }));
}

function withCredential(name: string, call: ToolCall): ServiceCall {
  const { credential } = call;
  if (credential === null) throw new Error(`The registry has run ${name} without its credential.`);
  return { ...call, credential };
}

/** Schemas of common arguments. */
export const text = (description: string, maxLength = 1_000) => ({
  type: 'string',
  minLength: 1,
  maxLength,
  description,
});
export const limit = (most = 100, usual = 20) => ({
  type: 'integer',
  minimum: 1,
  maximum: most,
  description: `At most so many; ${usual} when absent.`,
});
export const page = () => ({ type: 'integer', minimum: 1, maximum: 1_000, description: 'Page, from 1.' });
export const cursor = () => ({ type: 'string', maxLength: 2_000, description: '`nextCursor` of the page before.' });
export const texts = (description: string, maxItems = 50) => ({
  type: 'array',
  maxItems,
  items: { type: 'string', minLength: 1, maxLength: 200 },
  description,
});
