import { BUILT_IN_KINDS, NodeKindRegistry } from '../node-kind-registry.js';
import type { CompiledNode, NodeKind } from '../node-kind.js';

/** A registry with kinds of the test's own beside the built-in ones; each takes the configuration of a transform. */
export function withKinds(
  nodes: Readonly<Record<string, CompiledNode>>,
  overrides: Partial<NodeKind> = {},
): NodeKindRegistry {
  const transform = BUILT_IN_KINDS.find(({ kind }) => kind === 'transform') as NodeKind;
  const kinds = Object.entries(nodes).map(([kind, run]): NodeKind => ({
    ...transform,
    effect: 'effectful',
    ...overrides,
    kind,
    compile: () => run,
  }));
  return new NodeKindRegistry([...BUILT_IN_KINDS, ...kinds]);
}

/** What a node of such a kind needs. */
export const ANY = { expression: '1' };

export const tick = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
