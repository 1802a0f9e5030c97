import { NodeKindRegistry } from '#kernel';

/** The one registry of this process: what validation, compilation and the editor's list agree on. */
export const nodeKinds = new NodeKindRegistry();
