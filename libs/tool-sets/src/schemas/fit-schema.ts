import { compileJsonSchema } from '#kernel';
import { cutCycles } from './cut-cycles.js';
import { resolvePointer, SchemaProblem, type SchemaObject } from './schema-parts.js';
import { type RewriteOptions, SchemaRewriter, TooManyParts } from './schema-rewriter.js';

/** Of the JSON of one schema; models read it at every turn. */
export const MAX_SCHEMA_BYTES = 32 * 1024;

/** From everything to the outline; the first that fits is taken. */
const LEVELS: readonly Pick<RewriteOptions, 'maxDepth' | 'maxText' | 'patterns'>[] = [
  { maxDepth: 12, maxText: 1_000, patterns: true },
  { maxDepth: 12, maxText: 200, patterns: false },
  { maxDepth: 7, maxText: 80, patterns: false },
  { maxDepth: 4, maxText: 0, patterns: false },
  { maxDepth: 2, maxText: 0, patterns: false },
];

/**
 * A schema that is small enough and that our checks understand, with as much of the original as possible.
 * @param build puts it together from rewritten parts
 * @throws SchemaProblem when even the outline is too much, or a reference leads nowhere
 */
export function fitSchema(
  options: Pick<RewriteOptions, 'resolve' | 'isOpenApi30' | 'omit'>,
  build: (rewriter: SchemaRewriter) => SchemaObject,
): SchemaObject {
  let problem = '';
  for (const level of LEVELS) {
    try {
      const schema = rewritten({ ...options, ...level }, build);
      const found = problemOf(schema);
      if (found === undefined) return schema;
      problem = found;
    } catch (error) {
      if (!(error instanceof TooManyParts)) throw error;
      problem = error.message;
    }
  }
  throw new SchemaProblem(`Its schema cannot be used here: ${problem}`);
}

function rewritten(options: RewriteOptions, build: (rewriter: SchemaRewriter) => SchemaObject): SchemaObject {
  const rewriter = new SchemaRewriter(options);
  const schema = build(rewriter);
  rewriter.finish();
  cutCycles(schema, rewriter.definitions);
  return withDefinitions(schema, rewriter.definitions);
}

function problemOf(schema: SchemaObject): string | undefined {
  if (Buffer.byteLength(JSON.stringify(schema)) > MAX_SCHEMA_BYTES) {
    return `it is larger than ${MAX_SCHEMA_BYTES / 1_024} KiB`;
  }
  const result = compileJsonSchema(schema);
  return 'schema' in result ? undefined : (result.problems[0]?.message ?? 'it cannot be read');
}

/** A schema that stands for itself: references are looked up in it. @throws SchemaProblem */
export function fitWholeSchema(schema: Readonly<Record<string, unknown>>): SchemaObject {
  return fitSchema({ resolve: (reference) => resolvePointer(schema, reference) }, (rewriter) =>
    rewriter.rewrite(schema),
  );
}

/** Cut circles leave definitions behind that nobody needs. */
function withDefinitions(schema: SchemaObject, definitions: ReadonlyMap<string, SchemaObject>): SchemaObject {
  const used = new Set<string>();
  const open: SchemaObject[] = [schema];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const text = JSON.stringify(part);
    for (const [name, definition] of definitions) {
      if (used.has(name) || !text.includes(JSON.stringify(`#/$defs/${name}`))) continue;
      used.add(name);
      open.push(definition);
    }
  }
  if (used.size === 0) return schema;
  return { ...schema, $defs: Object.fromEntries([...definitions].filter(([name]) => used.has(name))) };
}
