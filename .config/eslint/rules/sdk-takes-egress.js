const sdks =
  /^(openai|@anthropic-ai\/sdk|ollama|@octokit\/[a-z-]+|@slack\/[a-z-]+|@google\/[a-z-]+|@modelcontextprotocol\/sdk\/client\/(streamableHttp|sse)(\.js)?)$/;
const message =
  'A client of "{{sdk}}" without our `fetch` would call out by itself. Give it `fetch` in its options, made by the egress client of #platform/egress.';

/** Every client of a service's own SDK is made with the egress door as its `fetch`, written where it is made. */
export const sdkTakesEgress = {
  meta: { type: 'problem', schema: [], messages: { egress: message } },
  create(context) {
    /** Which SDK a name of this file comes from. */
    const names = new Map();
    const keep = (pattern, sdk) => {
      for (const name of namesIn(pattern)) names.set(name, sdk);
    };
    return {
      ImportDeclaration({ importKind, source, specifiers }) {
        if (importKind === 'type' || !sdks.test(source.value)) return;
        for (const specifier of specifiers) {
          if (specifier.importKind !== 'type') names.set(specifier.local.name, source.value);
        }
      },
      VariableDeclarator({ id, init }) {
        const sdk = importedBy(init);
        if (sdk !== undefined && sdks.test(sdk)) keep(id, sdk);
      },
      NewExpression(node) {
        const { callee } = node;
        const sdk = names.get(callee.name) ?? names.get(callee.object?.name) ?? importedBy(callee.object);
        if (sdk === undefined || !sdks.test(sdk) || node.arguments.some(hasFetch)) return;
        context.report({ node, messageId: 'egress', data: { sdk } });
      },
    };
  },
};

/** Names that a declaration introduces. */
function namesIn(pattern) {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap(({ value, argument }) => namesIn(value?.left ?? value ?? argument));
}

/** The module of `import('…')` behind an `await` and a property. */
function importedBy(node) {
  if (node?.type === 'AwaitExpression') return importedBy(node.argument);
  if (node?.type === 'MemberExpression') return importedBy(node.object);
  return node?.type === 'ImportExpression' ? node.source.value : undefined;
}

/** `{ fetch }`, at any depth of the options. */
function hasFetch(node) {
  if (node.type !== 'ObjectExpression') return false;
  return node.properties.some(
    ({ type, key, value }) => type === 'Property' && (key.name === 'fetch' || key.value === 'fetch' || hasFetch(value)),
  );
}
