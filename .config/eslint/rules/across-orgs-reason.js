const message =
  'acrossOrgs() is the only way past the wall between organisations, so every use must be findable: give the reason as a string literal of at least three words.';

/** Demands a literal reason from every `acrossOrgs(reason, work)`. */
export const acrossOrgsReason = {
  meta: { type: 'problem', schema: [], messages: { reason: message } },
  create: (context) => ({
    CallExpression(node) {
      const name = node.callee.type === 'MemberExpression' ? node.callee.property.name : node.callee.name;
      if (name !== 'acrossOrgs') return;
      const [reason] = node.arguments;
      const isReason = typeof reason?.value === 'string' && reason.value.trim().split(/\s+/).length >= 3;
      // The one wrapper hands on the reason that its own caller had to give.
      const isHandedOn = /org-database\.ts$/.test(context.filename) && reason?.name === 'reason';
      if (!isReason && !isHandedOn) context.report({ node, messageId: 'reason' });
    },
  }),
};
