import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '#kernel';
import { cleanText } from './clean-text.js';
import { fitWholeSchema, MAX_SCHEMA_BYTES } from './schemas/fit-schema.js';
import { isObject, SchemaProblem } from './schemas/schema-parts.js';
import type { LeftOutTool, OfferedTool } from './tool-set-adapter.js';
import type { ToolContent } from './tool-set-tool.entity.js';

export const MAX_TOOLS = 200;
const MAX_DESCRIPTION = 2_000;
const MAX_REMOTE_NAME = 200;
/** Of all schemas of a set together, in bytes of JSON: processes keep sets in memory. */
const MAX_SET_BYTES = 1024 * 1024;
const MAX_LEFT_OUT = 100;
/** Zero characters and halves of characters as JSON writes them; Postgres stores neither. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/** An offered tool within its bounds. */
export interface AcceptedTool extends OfferedTool {
  /** Of everything that a person reviews. */
  readonly contentHash: string;
}

/**
 * What of a stranger's offer can be kept: texts cleaned and cut, schemas that our checks understand, so many tools and not more.
 * Gives way to other work between tools, because each schema is compiled.
 */
export async function acceptTools(
  offered: readonly (OfferedTool | LeftOutTool)[],
): Promise<{ tools: readonly AcceptedTool[]; leftOut: readonly LeftOutTool[] }> {
  const tools = new Map<string, AcceptedTool>();
  const leftOut: LeftOutTool[] = [];
  let bytes = 0;
  for (const tool of offered) {
    await setImmediate();
    const remoteName = cleanText(String(tool.remoteName), MAX_REMOTE_NAME);
    try {
      if ('reason' in tool) throw new SchemaProblem(tool.reason);
      if (remoteName === '' || remoteName !== tool.remoteName) throw new SchemaProblem('Its name cannot be kept.');
      if (tools.has(remoteName)) throw new SchemaProblem('Another tool has the same name.');
      if (tools.size >= MAX_TOOLS) throw new SchemaProblem(`A tool set has at most ${MAX_TOOLS} tools.`);
      const accepted = acceptTool(tool);
      const size = Buffer.byteLength(JSON.stringify(accepted));
      if (bytes + size > MAX_SET_BYTES)
        throw new SchemaProblem('The schemas of the set are larger than 1 MiB together.');
      bytes += size;
      tools.set(remoteName, accepted);
    } catch (error) {
      if (!(error instanceof SchemaProblem)) throw error;
      if (leftOut.length < MAX_LEFT_OUT) leftOut.push({ remoteName, reason: error.message });
    }
  }
  return { tools: [...tools.values()], leftOut };
}

/** @throws SchemaProblem */
function acceptTool({
  remoteName,
  description,
  inputSchema,
  outputSchema,
  effect,
  ...rest
}: OfferedTool): AcceptedTool {
  const { definition, repeatable } = rest;
  if (!isObject(inputSchema)) throw new SchemaProblem('It has no schema for its arguments.');
  const input = fitWholeSchema({ type: 'object', ...inputSchema });
  if (input['type'] !== 'object') throw new SchemaProblem('Its arguments are no object.');
  const content: ToolContent = {
    description: cleanText(description, MAX_DESCRIPTION),
    inputSchema: input,
    outputSchema: outputSchemaOf(outputSchema),
    effect: effect === 'read' ? 'read' : 'write',
    definition,
  };
  const json = canonicalJson(content);
  if (UNSTORABLE.test(json)) throw new SchemaProblem('It has characters that cannot be stored.');
  if (Buffer.byteLength(JSON.stringify(definition)) > MAX_SCHEMA_BYTES) throw new SchemaProblem('It is too large.');
  return { ...content, remoteName, repeatable, contentHash: createHash('sha256').update(json).digest('hex') };
}

/** What a tool returns is told, not checked: one that cannot be told is left out. */
function outputSchemaOf(schema: OfferedTool['outputSchema']): ToolContent['outputSchema'] {
  if (!isObject(schema)) return null;
  try {
    return fitWholeSchema(schema);
  } catch (error) {
    if (!(error instanceof SchemaProblem)) throw error;
    return null;
  }
}
