import { z } from 'zod';
import { compileExpression } from '../expression/expression.js';
import { defineNodeKind } from './define-node-kind.js';
import { agentIdField, agentVersionField, expressionField } from './fields.js';
import { runAgent } from './run-agent.js';

const configSchema = z.strictObject({
  agentId: agentIdField('The agent to run; one of the same organisation.'),
  version: agentVersionField(),
  input: expressionField('Input', 'JSONata whose value is the input of the run.').min(1),
});

export const subAgentKind = defineNodeKind<z.infer<typeof configSchema>>({
  kind: 'sub-agent',
  title: 'Sub-agent',
  description: 'Runs another agent and continues with its output.',
  icon: 'bot',
  group: 'flow',
  effect: 'effectful',
  configSchema,
  defaults: { agentId: '00000000-0000-4000-8000-000000000000', input: 'input' },
  ports: () => ['out'],
  summary: ({ agentId, version }) => `${agentId}${version === undefined ? '' : ` version ${version}`}`,
  sources: ({ input }) => [{ pointer: '/config/input', language: 'expression', text: input }],
  compile: ({ agentId, version, input }) => {
    const expression = compileExpression(input);
    const agent = { agentId, ...(version !== undefined && { version }) };
    return async (context) => runAgent(agent, await expression.evaluate(context.scope), context);
  },
});
