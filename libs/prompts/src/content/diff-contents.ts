import { type DiffLine, diffLines } from './line-diff.js';
import type { PromptContent, PromptVariable } from './prompt-content.js';

/** A field that is not a long text and differs. */
export interface FieldChange {
  /** JSON pointer into the content; variables by their name, for example `/variables/text/type`. */
  readonly pointer: string;
  /** Absent when it is new. */
  readonly before?: unknown;
  /** Absent when it is gone. */
  readonly after?: unknown;
}

/** What changed from one content to another. */
export interface ContentDiff {
  /** All lines; empty when the text did not change. */
  readonly system: readonly DiffLine[];
  readonly user: readonly DiffLine[];
  readonly fields: readonly FieldChange[];
}

export function diffContents(before: PromptContent, after: PromptContent): ContentDiff {
  return {
    system: before.system === after.system ? [] : diffLines(before.system, after.system),
    user: before.user === after.user ? [] : diffLines(before.user, after.user),
    fields: [
      ...changed('/model', before.model ?? undefined, after.model ?? undefined),
      ...changed('/parameters/temperature', before.parameters.temperature, after.parameters.temperature),
      ...changed('/parameters/topP', before.parameters.topP, after.parameters.topP),
      ...changed('/parameters/maxTokens', before.parameters.maxTokens, after.parameters.maxTokens),
      ...variableChanges(before.variables, after.variables),
    ],
  };
}

function variableChanges(before: readonly PromptVariable[], after: readonly PromptVariable[]): FieldChange[] {
  const [old, now] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    const at = `/variables/${name}`;
    if (was === undefined || is === undefined) return changed(at, was, is);
    return (['type', 'description', 'example', 'required'] as const).flatMap((field) =>
      changed(`${at}/${field}`, was[field], is[field]),
    );
  });
}

function byName(variables: readonly PromptVariable[]): ReadonlyMap<string, PromptVariable> {
  return new Map(variables.map((variable) => [variable.name, variable]));
}

function changed(pointer: string, before: unknown, after: unknown): FieldChange[] {
  if (before === after) return [];
  return [{ pointer, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}
