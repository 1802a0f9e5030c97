import type { NodeKind } from './graph';

/** Finds kinds by name; nothing for one that this server does not know. */
export function kindFinder(kinds: readonly NodeKind[]): (kind: string) => NodeKind | undefined {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  return (kind) => byName.get(kind);
}
