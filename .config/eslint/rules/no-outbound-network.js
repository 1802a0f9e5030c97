import { literalOf, loadedModules } from './loaded-modules.js';

const networkModules =
  /^(node:)?(https?|http2|net|tls|dns|dns\/promises|dgram|inspector|inspector\/promises)$|^(undici|ws|axios|got|ky|needle|node-fetch|cross-fetch|request|superagent|eventsource|socket\.io-client)(\/|$)/;
const networkGlobals = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']);
const globalObjects = new Set(['globalThis', 'global', 'window', 'self']);
const message =
  '"{{what}}" would reach the network past the guard against internal addresses. Inject the egress client of #platform/egress and call that instead.';

/** Forbids every way to open a connection except through the egress door. Type-only imports are harmless and stay allowed. */
export const noOutboundNetwork = {
  meta: { type: 'problem', schema: [], messages: { network: message } },
  create(context) {
    const report = (node, what) => context.report({ node, messageId: 'network', data: { what } });
    return {
      ...loadedModules((node, name) => networkModules.test(name) && report(node, name)),
      MemberExpression(node) {
        const name = node.computed ? literalOf(node.property) : node.property.name;
        if (globalObjects.has(node.object.name) && networkGlobals.has(name)) report(node, name);
      },
      VariableDeclarator({ id, init }) {
        if (id.type !== 'ObjectPattern' || !globalObjects.has(init?.name)) return;
        for (const property of id.properties) {
          const name = property.key?.name ?? literalOf(property.key);
          if (networkGlobals.has(name)) report(property, name);
        }
      },
      'Program:exit'(program) {
        const globalScope = context.sourceCode.getScope(program);
        // What no scope of the file declares is the global of that name.
        for (const { identifier } of globalScope.through) {
          if (
            networkGlobals.has(identifier.name) &&
            identifier.parent.type !== 'TSTypeReference' &&
            identifier.parent.type !== 'TSTypeQuery'
          ) {
            report(identifier, identifier.name);
          }
        }
      },
    };
  },
};
