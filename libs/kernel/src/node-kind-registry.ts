import { conditionKind } from './kinds/condition.kind.js';
import { httpKind } from './kinds/http.kind.js';
import { llmKind } from './kinds/llm.kind.js';
import { outputKind } from './kinds/output.kind.js';
import { startKind } from './kinds/start.kind.js';
import { switchKind } from './kinds/switch.kind.js';
import { transformKind } from './kinds/transform.kind.js';
import type { NodeKind } from './node-kind.js';

/** Every kind that an agent may use, in the order of the editor's list. A new kind is a file in `kinds/` and a line here. */
export const BUILT_IN_KINDS: readonly NodeKind[] = [
  startKind,
  llmKind,
  conditionKind,
  switchKind,
  transformKind,
  httpKind,
  outputKind,
];

/** The kinds that graphs are validated and compiled against. */
export class NodeKindRegistry {
  private readonly kinds: ReadonlyMap<string, NodeKind>;

  constructor(kinds: readonly NodeKind[] = BUILT_IN_KINDS) {
    this.kinds = new Map(kinds.map((kind) => [kind.kind, kind]));
  }

  find(kind: string): NodeKind | undefined {
    return this.kinds.get(kind);
  }

  list(): readonly NodeKind[] {
    return [...this.kinds.values()];
  }
}
