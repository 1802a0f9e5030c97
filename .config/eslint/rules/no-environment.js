const message =
  'The environment is read once, in libs/platform/src/config. Add the setting to environment.ts there (with a line of meaning, and to .env.example) and inject Settings.';

/** Forbids `process.env`, however it is reached. */
export const noEnvironment = {
  meta: { type: 'problem', schema: [], messages: { environment: message } },
  create: (context) => ({
    MemberExpression(node) {
      const name = node.computed ? node.property.value : node.property.name;
      if (node.object.name === 'process' && name === 'env') context.report({ node, messageId: 'environment' });
    },
    VariableDeclarator(node) {
      if (node.init?.name !== 'process' || node.id.type !== 'ObjectPattern') return;
      const taken = node.id.properties.find((property) => property.key?.name === 'env');
      if (taken) context.report({ node: taken, messageId: 'environment' });
    },
    ImportDeclaration(node) {
      if (!/^(node:)?process$/.test(node.source.value)) return;
      const taken = node.specifiers.find((specifier) => specifier.imported?.name === 'env');
      if (taken) context.report({ node: taken, messageId: 'environment' });
    },
  }),
};
