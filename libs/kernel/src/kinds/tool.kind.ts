import { z } from 'zod';
import { JsonValueError, toPlainJson } from '../json/plain-json.js';
import type { Problem } from '../problem.js';
import { StepError } from '../step-error.js';
import { defineNodeKind } from './define-node-kind.js';
import { credentialField, toolNameField } from './fields.js';
import { argumentSources, compileArguments } from './tool/compile-arguments.js';
import { askBeforeCall, wantsApproval } from './tool/ask-before-call.js';
import { checkArguments, performToolCall } from './tool/perform-tool-call.js';

const MAX_ARGUMENTS = { maxBytes: 256 * 1024, maxDepth: 20 };

const configSchema = z.strictObject({
  tool: toolNameField().meta({
    title: 'Tool',
    description: 'Its name, as GET /api/v1/tools lists it.',
    'x-editor': 'tool',
  }),
  arguments: z.union([z.string().min(1).max(16_384), z.record(z.string(), z.unknown())]).meta({
    title: 'Arguments',
    description:
      'An object whose texts are templates ({ "text": "{{ input.text }}" }), or a JSONata expression in quotes when a value must stay a number or a list.',
    'x-editor': 'json',
  }),
  credentialId: credentialField().optional(),
});

type ToolConfig = z.infer<typeof configSchema>;

export const toolKind = defineNodeKind<ToolConfig>({
  kind: 'tool',
  title: 'Tool',
  description: 'Runs one of the tools and continues with its result.',
  icon: 'wrench',
  group: 'integration',
  effect: 'effectful',
  configSchema,
  defaults: { tool: 'calculator', arguments: { expression: '(2 + 3) * 4' } },
  ports: () => ['out'],
  summary: ({ tool }) => tool,
  sources: ({ arguments: written }) => argumentSources(written, ['config', 'arguments']),
  check: ({ arguments: written }) => sizeProblems(written),
  compile: ({ tool: name, arguments: written, credentialId }) => {
    const argumentsOf = compileArguments(written);
    return async (context) => {
      const tool = await context.services.findTool(name);
      if (tool === undefined) {
        throw new StepError({
          code: 'tool.unknown',
          message: `There is no tool “${name}”: choose one of those that GET /api/v1/tools lists.`,
          retryable: false,
        });
      }
      const args = await argumentsOf(context.scope);
      checkArguments(tool, args);
      if (wantsApproval(tool.approval, tool, args)) {
        context.showInput({ tool: name, arguments: tool.maskArguments(args) });
        await askBeforeCall(tool, args, context, `May this run use ${name}?`);
      }
      return { output: await performToolCall(tool, args, context, credentialId) };
    };
  },
});

function sizeProblems(written: ToolConfig['arguments']): readonly Problem[] {
  try {
    toPlainJson(written, MAX_ARGUMENTS);
    return [];
  } catch (error) {
    if (!(error instanceof JsonValueError)) throw error;
    const message = `The arguments cannot be kept: ${error.message}.`;
    return [{ pointer: '/config/arguments', code: 'tool.arguments_too_large', message }];
  }
}
