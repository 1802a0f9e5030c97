import { BUILT_IN_KINDS, INTERNAL_KINDS, NodeKindRegistry } from '#kernel';

/** The one registry of this process: what validation, compilation and the editor's list agree on. */
export const nodeKinds = new NodeKindRegistry();

/** Those and the kinds of the plans that we bring along ourselves. */
export const runnableKinds = new NodeKindRegistry([...BUILT_IN_KINDS, ...INTERNAL_KINDS]);
