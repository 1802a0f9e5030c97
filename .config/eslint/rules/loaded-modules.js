/** The text of a string or of a template without holes. */
export function literalOf(node) {
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return typeof node?.value === 'string' ? node.value : undefined;
}

/**
 * Visits every way in which a file loads a module: imports, exports from elsewhere, `import()`, `require` and what Node gives out
 * without an import. Type-only imports are harmless and passed over.
 * @param loaded hears the node and the name of the module
 */
export function loadedModules(loaded) {
  const check = (node, source) => {
    const name = literalOf(source);
    if (name !== undefined) loaded(node, name);
  };
  const checkUnlessTypes = (node) => isTypeOnly(node) || check(node, node.source);
  return {
    ImportDeclaration: checkUnlessTypes,
    ExportNamedDeclaration: checkUnlessTypes,
    ExportAllDeclaration: checkUnlessTypes,
    ImportExpression: (node) => check(node, node.source),
    CallExpression: (node) => loadsModules(node.callee) && check(node, node.arguments[0]),
  };
}

function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  return node.specifiers?.length > 0 && node.specifiers.every((specifier) => specifier.importKind === 'type');
}

/** `require` under its own name, and the ways by which Node gives out a module without an import. */
function loadsModules(callee) {
  return callee.name === 'require' || ['getBuiltinModule', 'binding'].includes(callee.property?.name);
}
