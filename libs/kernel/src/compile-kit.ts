import type { GraphNode } from './graph.js';
import type { NodeKindRegistry } from './node-kind-registry.js';
import type { CompileKit } from './node-kind.js';

/** What kinds compile their inner nodes with. Only for nodes that have been validated against the same registry. */
export function compileKitFor(registry: NodeKindRegistry): CompileKit {
  const kit: CompileKit = {
    inner: ({ kind: name, config: document, retry, timeoutMs }) => {
      const kind = registry.find(name);
      if (kind === undefined) throw new TypeError(`No kind “${name}” in the registry that validated it`);
      const config = kind.configSchema.parse(document);
      const node: GraphNode = { id: 'inner', kind: name, config: config as GraphNode['config'] };
      return {
        kind: name,
        effect: kind.effect,
        run: kind.compile(config, node, kit),
        ...(retry !== undefined && { retry }),
        ...(timeoutMs !== undefined && { timeoutMs }),
      };
    },
  };
  return kit;
}
