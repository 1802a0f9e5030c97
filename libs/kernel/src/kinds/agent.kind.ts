import { z } from 'zod';
import { AgentRun } from './agent/agent-run.js';
import { agentToolProblems, agentToolsField, readAgentTool } from './agent/agent-tool-config.js';
import { findTools } from './agent/find-tools.js';
import { type ConversationSoFar, conversationSoFar, historyField } from './conversation-so-far.js';
import { defineNodeKind } from './define-node-kind.js';
import { fallbackModelsField, guardField, modelField, templateField } from './fields.js';
import { compilePrompt, promptProblems, promptRefField, promptSources } from './prompt-ref.js';
import { shownRequest } from './shown-request.js';

const DEFAULT_MAX_TURNS = 10;

const configSchema = z.strictObject({
  model: modelField(),
  fallbackModels: fallbackModelsField(),
  guard: guardField(),
  prompt: templateField('Task', 'What the agent is to do. Use {{ input.… }} and {{ steps.… }}.').min(1).optional(),
  system: templateField('System prompt', 'Who the agent is and how it works.').optional(),
  promptRef: promptRefField(),
  tools: agentToolsField().meta({
    title: 'Tools',
    description:
      'Those of GET /api/v1/tools that the model may use: names, or [{ "name", "description"?, "approval"?: "never" | "onWrite" | "always", "fixed"?, "forbidden"?, "credentialId"? }].',
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
  history: historyField(),
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
  summary: ({ model, tools }) => [model, ...tools.map((tool) => readAgentTool(tool).name)].join(' · '),
  sources: (config) => promptSources(config),
  check: (config) => [...promptProblems(config), ...agentToolProblems(config.tools)],
  compile: ({
    prompt,
    system,
    promptRef,
    tools: written,
    maxTurns = DEFAULT_MAX_TURNS,
    history = true,
    ...settings
  }) => {
    const fillIn = compilePrompt({ prompt, system, promptRef });
    const tools = written.map(readAgentTool);
    return async (context) => {
      const request = {
        ...settings,
        ...(await fillIn(context.scope)),
        // The tools are the agent's own; those that a client would run belong to `llm` nodes.
        ...(history && ownTools(conversationSoFar(context.scope))),
      };
      context.showInput({ ...shownRequest(request), tools: tools.map(({ name }) => name), maxTurns });
      return new AgentRun(request, await findTools(tools, context.services), maxTurns, context).result();
    };
  },
});

function ownTools(so: ConversationSoFar | null): Omit<ConversationSoFar, 'tools' | 'toolChoice' | 'turns'> | null {
  if (so === null) return null;
  const { tools: _tools, toolChoice: _choice, turns: _turns, ...rest } = so;
  return rest;
}
