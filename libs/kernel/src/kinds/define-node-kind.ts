import type { NodeKind } from '../node-kind.js';

/** Lets TypeScript infer the configuration from the schema; otherwise returns what it is given. */
export function defineNodeKind<Config>(kind: NodeKind<Config>): NodeKind<Config> {
  return kind;
}
