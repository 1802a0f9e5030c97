const message =
  '"{{what}}" reaches tables without the organisation filter and outside the ambient transaction. Extend OrgScopedRepository (#tenancy) and ask it, or, for data of no organisation, enter acrossOrgs().';
const names = new Set([
  'DataSource',
  'InjectRepository',
  'InjectDataSource',
  'InjectEntityManager',
  'EntityManager',
  'Repository',
]);

/** Forbids TypeORM's own doors to the tables. */
export const noBareRepository = {
  meta: { type: 'problem', schema: [], messages: { bare: message } },
  create(context) {
    const report = (node, what) => context.report({ node, messageId: 'bare', data: { what } });
    return {
      ImportDeclaration(node) {
        if (!/^(typeorm|@nestjs\/typeorm)$/.test(node.source.value)) return;
        for (const specifier of node.specifiers) {
          if (names.has(specifier.imported?.name)) report(specifier, specifier.imported.name);
        }
      },
      'CallExpression > MemberExpression.callee'(node) {
        if (/^(getRepository|getTreeRepository)$/.test(node.property.name ?? ''))
          report(node.property, node.property.name);
      },
    };
  },
};
