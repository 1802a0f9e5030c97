import { newId } from '#platform/ids';
import { type AcceptedTool, MAX_TOOLS } from './accepted-tools.js';
import type { ToolSetStatus } from './tool-set.entity.js';
import type { ToolValues } from './tool-set-tools.repository.js';
import type { ToolContent, ToolSetTool } from './tool-set-tool.entity.js';
import { toolName } from './tool-name.js';

/** What a discovery changes about the tools of a set. */
export interface ToolSetDiff {
  readonly added: readonly ToolValues[];
  readonly changed: readonly { readonly id: string; readonly changes: Partial<ToolValues> }[];
  /** Not offered any more; kept, switched off, for those who look for them. */
  readonly gone: readonly string[];
  /** Rows that are not kept: nobody has reviewed them, or there is no room. */
  readonly removed: readonly string[];
}

export interface DiffSurroundings {
  readonly toolSetId: string;
  readonly slug: string;
  /** A person has just chosen these tools by themselves, so they begin reviewed and switched on. */
  readonly areChosen: boolean;
}

/**
 * Compares what is offered with what there is. A tool that is not as a person has reviewed it is switched off until somebody looks: a
 * server that earns trust with one description and acts on another is the usual attack on tools of strangers.
 */
export function diffTools(
  before: readonly ToolSetTool[],
  offered: readonly AcceptedTool[],
  { toolSetId, slug, areChosen }: DiffSurroundings,
): ToolSetDiff {
  const known = new Map(before.map((tool) => [tool.remoteName, tool]));
  const offeredNames = new Set(offered.map(({ remoteName }) => remoteName));
  const names = new Set(before.map(({ name }) => name));
  const missing = before.filter(({ remoteName }) => !offeredNames.has(remoteName));
  const room = MAX_TOOLS - offered.length;
  const reviewed = missing.filter(({ approvedHash }) => approvedHash !== null).slice(0, room);
  const kept = new Set(reviewed.map(({ id }) => id));

  const added: ToolValues[] = [];
  for (const tool of offered.filter(({ remoteName }) => !known.has(remoteName))) {
    const name = toolName(slug, tool.remoteName, names);
    names.add(name);
    added.push(newTool(tool, { toolSetId, name, areChosen }));
  }
  const changed = offered.flatMap((tool) => {
    const row = known.get(tool.remoteName);
    if (row === undefined || (row.contentHash === tool.contentHash && row.goneAt === null)) return [];
    return [{ id: row.id, changes: changesOf(row, tool) }];
  });
  return {
    added,
    changed,
    gone: reviewed.filter(({ goneAt }) => goneAt === null).map(({ id }) => id),
    removed: missing.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
  };
}

function newTool(tool: AcceptedTool, own: { toolSetId: string; name: string; areChosen: boolean }): ToolValues {
  const { remoteName, repeatable, contentHash } = tool;
  return {
    id: newId(),
    toolSetId: own.toolSetId,
    name: own.name,
    remoteName,
    ...contentOf(tool),
    offeredEffect: tool.effect,
    repeatable,
    approval: 'onWrite',
    enabled: own.areChosen,
    contentHash,
    approvedHash: own.areChosen ? contentHash : null,
    approvedContent: null,
    goneAt: null,
  };
}

function changesOf(row: ToolSetTool, tool: AcceptedTool): Partial<ToolValues> {
  const isAsReviewed = tool.contentHash === row.approvedHash;
  const wasAsReviewed = row.contentHash === row.approvedHash;
  return {
    ...contentOf(tool),
    // A hint may make a tool more careful by itself, never less.
    effect: tool.effect === 'write' && row.offeredEffect === 'read' ? 'write' : row.effect,
    offeredEffect: tool.effect,
    repeatable: tool.repeatable,
    contentHash: tool.contentHash,
    enabled: false,
    approvedContent: isAsReviewed ? null : wasAsReviewed ? reviewedContent(row) : row.approvedContent,
    goneAt: null,
  };
}

/** A set waits for a person while something that is offered was never looked at as it is. */
export function statusOf(
  tools: readonly Pick<ToolSetTool, 'contentHash' | 'approvedHash' | 'goneAt'>[],
): ToolSetStatus {
  const isOpen = tools.some(({ contentHash, approvedHash, goneAt }) => goneAt === null && contentHash !== approvedHash);
  return isOpen ? 'needs_review' : 'ready';
}

function contentOf({ description, inputSchema, outputSchema, effect, definition }: ToolContent): ToolContent {
  return { description, inputSchema, outputSchema, effect, definition };
}

/** The effect as it was offered: that is what the hash was made of. */
const reviewedContent = (row: ToolSetTool): ToolContent => contentOf({ ...row, effect: row.offeredEffect });
