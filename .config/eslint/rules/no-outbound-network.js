const networkModules =
  /^(node:)?(https?|http2|net|tls|dns|dns\/promises|dgram)$|^(undici|ws|axios|got|node-fetch|request)(\/|$)/;
const networkGlobals = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']);
const message =
  '"{{what}}" would reach the network past the guard against internal addresses. Inject the egress client of #platform/egress and call that instead.';

/** Forbids every way to open a connection except through the egress door. Type-only imports are harmless and stay allowed. */
export const noOutboundNetwork = {
  meta: { type: 'problem', schema: [], messages: { network: message } },
  create(context) {
    const report = (node, what) => context.report({ node, messageId: 'network', data: { what } });
    const check = (node, source) => {
      if (typeof source?.value === 'string' && networkModules.test(source.value)) report(node, source.value);
    };
    const isTypeOnly = (node) =>
      node.importKind === 'type' ||
      node.exportKind === 'type' ||
      (node.specifiers?.length > 0 && node.specifiers.every((specifier) => specifier.importKind === 'type'));
    return {
      ImportDeclaration: (node) => isTypeOnly(node) || check(node, node.source),
      ExportNamedDeclaration: (node) => isTypeOnly(node) || check(node, node.source),
      ExportAllDeclaration: (node) => isTypeOnly(node) || check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      CallExpression: (node) => node.callee.name === 'require' && check(node, node.arguments[0]),
      MemberExpression(node) {
        const isGlobalObject = ['globalThis', 'global', 'window', 'self'].includes(node.object.name);
        if (isGlobalObject && networkGlobals.has(node.property.name)) report(node, node.property.name);
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
