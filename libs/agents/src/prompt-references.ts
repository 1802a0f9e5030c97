import type { Problem } from '#kernel';
import type { FoundPrompt, PinnedPrompt, PromptPins, PromptReference } from '#prompts';
import type { GraphDocument } from './graph-document.js';
import { isRecord } from './is-record.js';

/** A graph with the text of every prompt that it names, as far as there is one, and what is wrong with the names. */
export interface PinnedGraph {
  readonly document: GraphDocument;
  readonly problems: readonly Problem[];
}

/** A `promptRef` in a graph, whole enough to be looked up. */
interface Place {
  /** JSON pointer of the reference. */
  readonly pointer: string;
  readonly nodeId: string;
  readonly reference: PromptReference;
  /** Names of the variables that the node fills in. */
  readonly filled: readonly string[];
}

/** Characters of all prompts together that a version keeps: a small graph could name a long prompt a thousand times. */
const MAX_PINNED_LENGTH = 2_000_000;

/**
 * Writes into each `promptRef` what it leads to now. What was pinned before is dropped: only publishing decides which
 * text a version has.
 */
export async function pinPrompts(document: GraphDocument, pins: Pick<PromptPins, 'find'>): Promise<PinnedGraph> {
  const places: Place[] = [];
  visit(document, (reference, pointer, nodeId) => {
    const place = placeOf(reference, pointer, nodeId);
    if (place) places.push(place);
    return reference;
  });
  if (places.length === 0) return { document: withoutPins(document), problems: [] };
  const answers = await pins.find(places.map(({ reference }) => reference));
  const found = new Map(places.map(({ pointer }, index) => [pointer, answers[index]]));
  const length = answers.reduce((sum, each) => sum + (each?.is === 'found' ? lengthOf(each.pinned) : 0), 0);
  const problems = places.flatMap((place) => problemsOf(place, found.get(place.pointer)));
  if (length > MAX_PINNED_LENGTH) return { document: withoutPins(document), problems: [...problems, tooLong()] };
  return {
    document: visit(document, ({ pinned: _old, ...reference }, pointer) => {
      const answer = found.get(pointer);
      return answer?.is === 'found' ? { ...reference, pinned: { ...answer.pinned } } : reference;
    }),
    problems,
  };
}

/**
 * The graph as somebody edits it.
 * @param keepVersions for a version that is to be restored: it names the versions that it was published with
 */
export function withoutPins(document: GraphDocument, { keepVersions = false } = {}): GraphDocument {
  return visit(document, ({ pinned, ...reference }) => {
    const version = keepVersions && isRecord(pinned) ? pinned['version'] : reference['version'];
    return version === undefined ? reference : { ...reference, version };
  });
}

function lengthOf({ system, user }: PinnedPrompt): number {
  return system.length + user.length;
}

function tooLong(): Problem {
  const message = `The prompts of the library that the graph names have more than ${MAX_PINNED_LENGTH} characters together: name them less often, or make them shorter.`;
  return { pointer: '/nodes', code: 'prompt.too_long', message };
}

type Change = (reference: Record<string, unknown>, pointer: string, nodeId: string) => Record<string, unknown>;

/** Changes every `promptRef` at any depth; shares what does not change. */
function visit(document: GraphDocument, change: Change): GraphDocument {
  const nodes = document.nodes.map((node, index) => {
    const config = visitValue(node.config, `/nodes/${index}/config`, node.id, change);
    return config === node.config ? node : { ...node, config: config as typeof node.config };
  });
  return nodes.every((node, index) => node === document.nodes[index]) ? document : { ...document, nodes };
}

function visitValue(value: unknown, pointer: string, nodeId: string, change: Change): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item, index) => visitValue(item, `${pointer}/${index}`, nodeId, change));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key === 'promptRef') return [key, isRecord(item) ? change(item, here, nodeId) : item];
    // What a schema or the arguments of a tool call so is the author's own.
    return [key, key === 'schema' || key === 'arguments' ? item : visitValue(item, here, nodeId, change)];
  });
  return entries.every(([key, item]) => item === value[key]) ? value : Object.fromEntries(entries);
}

/** Undefined for what the kernel refuses anyway. */
function placeOf(
  { name, version, variables = {} }: Record<string, unknown>,
  pointer: string,
  nodeId: string,
): Place | undefined {
  if (typeof name !== 'string' || name.includes('\0')) return undefined;
  if (version !== undefined && !(Number.isInteger(version) && (version as number) >= 1)) return undefined;
  const reference = { name, ...(version !== undefined && { version: version as number }) };
  return { pointer, nodeId, reference, filled: isRecord(variables) ? Object.keys(variables) : [] };
}

function problemsOf({ pointer, nodeId, reference, filled }: Place, found: FoundPrompt | undefined): Problem[] {
  const quoted = `“${reference.name.slice(0, 64)}”`;
  const problem = (at: string, code: string, message: string): Problem => ({
    pointer: `${pointer}${at}`,
    code,
    message: `Node “${nodeId}”: ${message}`,
    nodeId,
  });
  switch (found?.is) {
    case undefined:
      return [problem('/name', 'prompt.not_found', `there is no prompt ${quoted} in the library: choose another one.`)];
    case 'archived':
      return [
        problem('/name', 'prompt.archived', `the prompt ${quoted} is archived: unarchive it or choose another one.`),
      ];
    case 'unpublished':
      return [problem('/name', 'prompt.not_published', `the prompt ${quoted} has no version yet: publish it first.`)];
    case 'no_such_version':
      return [problem('/version', 'prompt_version.not_found', `the prompt ${quoted} has no such version.`)];
    case 'found':
      return [
        ...found.pinned.required
          .filter((name) => !filled.includes(name))
          .map((name) =>
            problem('/variables', 'prompt.variable_missing', `the prompt ${quoted} needs a value for “${name}”.`),
          ),
        ...filled
          .filter((name) => !found.variables.includes(name))
          .map((name) =>
            problem(
              `/variables/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
              'prompt.variable_unknown',
              `the prompt ${quoted} has no variable “${name.slice(0, 64)}”: remove it.`,
            ),
          ),
      ];
  }
}
