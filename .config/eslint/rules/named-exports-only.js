const message =
  'A default export gets another name in every file that imports it. Export it by name, and name the file after it.';

/** Forbids default exports. */
export const namedExportsOnly = {
  meta: { type: 'problem', schema: [], messages: { named: message } },
  create: (context) => ({
    ExportDefaultDeclaration: (node) => context.report({ node, messageId: 'named' }),
    TSExportAssignment: (node) => context.report({ node, messageId: 'named' }),
    ExportSpecifier(node) {
      if (node.exported.name === 'default') context.report({ node, messageId: 'named' });
    },
  }),
};
