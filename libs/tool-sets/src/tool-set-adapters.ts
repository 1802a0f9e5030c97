import { fieldInvalid } from './tool-sets.errors.js';
import type { ToolSetAdapter, ToolSetKind } from './tool-set-adapter.js';

/** The adapter of each kind of tool set. */
export class ToolSetAdapters {
  private readonly byKind: ReadonlyMap<ToolSetKind, ToolSetAdapter>;

  constructor(adapters: readonly ToolSetAdapter[]) {
    this.byKind = new Map(adapters.map((adapter) => [adapter.kind, adapter]));
  }

  /** @throws AppError tool_set.invalid for a kind that this version does not speak */
  get(kind: ToolSetKind): ToolSetAdapter {
    const adapter = this.byKind.get(kind);
    if (adapter === undefined) throw fieldInvalid('/kind', 'unknown', 'There is no such kind of tool set.');
    return adapter;
  }
}
