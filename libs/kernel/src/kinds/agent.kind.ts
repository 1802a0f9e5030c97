import { z } from 'zod';
import type { Problem } from '../problem.js';
import { compileTemplate } from '../template/template.js';
import { AgentRun } from './agent/agent-run.js';
import { findTools } from './agent/find-tools.js';
import { defineNodeKind } from './define-node-kind.js';
import { modelField, templateField, toolNameField } from './fields.js';

const DEFAULT_MAX_TURNS = 10;

const tool = z.strictObject({
  name: toolNameField(),
  description: z.string().max(2_000).optional(),
  approval: z.boolean().optional(),
});

const configSchema = z.strictObject({
  model: modelField(),
  prompt: templateField('Task', 'What the agent is to do. Use {{ input.… }} and {{ steps.… }}.').min(1),
  system: templateField('System prompt', 'Who the agent is and how it works.').optional(),
  tools: z.array(tool).max(64).meta({
    title: 'Tools',
    description:
      'Those of GET /api/v1/tools that the model may use: [{ "name", "description"?, "approval"? }]. With "approval": true a person is asked before each call.',
    'x-editor': 'tools',
  }),
  maxTurns: z
    .int()
    .min(1)
    .max(100)
    .meta({
      title: 'Turns at most',
      description: 'How often the model may be asked. Empty: 10.',
      'x-editor': 'number',
    })
    .optional(),
  temperature: z.number().min(0).max(2).meta({ title: 'Temperature', 'x-editor': 'number' }).optional(),
  maxTokens: z
    .int()
    .min(1)
    .max(1_000_000)
    .meta({ title: 'Longest answer', description: 'In tokens, of each turn.', 'x-editor': 'number' })
    .optional(),
});

type AgentConfig = z.infer<typeof configSchema>;

export const agentKind = defineNodeKind<AgentConfig>({
  kind: 'agent',
  title: 'Agent',
  description: 'Lets a model use tools, as often as it wants to within its turns, until it has an answer.',
  icon: 'bot-message-square',
  group: 'model',
  effect: 'effectful',
  configSchema,
  defaults: { model: 'simulated/offline', prompt: '{{ input.text }}', tools: [{ name: 'calculator' }] },
  ports: () => ['out'],
  summary: ({ model, tools }) => [model, ...tools.map(({ name }) => name)].join(' · '),
  sources: ({ prompt, system }) => [
    { pointer: '/config/prompt', language: 'template', text: prompt },
    ...(system ? [{ pointer: '/config/system', language: 'template', text: system } as const] : []),
  ],
  check: ({ tools }) => duplicateProblems(tools),
  compile: ({ prompt, system, tools, maxTurns = DEFAULT_MAX_TURNS, ...settings }) => {
    const promptTemplate = compileTemplate(prompt);
    const systemTemplate = system ? compileTemplate(system) : undefined;
    return async (context) => {
      const request = {
        ...settings,
        prompt: promptTemplate.render(context.scope),
        ...(systemTemplate && { system: systemTemplate.render(context.scope) }),
      };
      context.showInput({ ...request, tools: tools.map(({ name }) => name), maxTurns });
      return new AgentRun(request, await findTools(tools, context.services), maxTurns, context).result();
    };
  },
});

function duplicateProblems(tools: AgentConfig['tools']): readonly Problem[] {
  return tools.flatMap(({ name }, index) =>
    tools.findIndex((other) => other.name === name) === index
      ? []
      : [
          {
            pointer: `/config/tools/${index}/name`,
            code: 'agent.duplicate_tool',
            message: `The tool “${name}” is listed twice: remove one of the two.`,
          },
        ],
  );
}
