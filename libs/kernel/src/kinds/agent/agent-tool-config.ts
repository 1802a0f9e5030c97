import { z } from 'zod';
import type { Problem } from '../../problem.js';
import type { ApprovalPolicy } from '../../step-services.js';
import { credentialField, toolNameField } from '../fields.js';

const argumentName = () => z.string().min(1).max(100);

const choice = z.strictObject({
  name: toolNameField(),
  description: z.string().max(2_000).meta({ title: 'Description' }).optional(),
  approval: z
    .union([z.enum(['never', 'onWrite', 'always']), z.boolean()])
    .meta({ title: 'Ask a person', description: 'Before each call, before those that change something, or never.' })
    .optional(),
  fixed: z
    .record(argumentName(), z.unknown())
    .meta({ title: 'Fixed arguments', description: 'Given with each call; the model neither sees nor changes them.' })
    .optional(),
  forbidden: z
    .array(argumentName())
    .max(50)
    .meta({ title: 'Forbidden arguments', description: 'The model is not told of them and may not give them.' })
    .optional(),
  credentialId: credentialField().optional(),
});

/** The tools that an agent's model may use; a name alone is a tool without conditions. */
export const agentToolsField = () => z.array(z.union([toolNameField(), choice])).max(64);

/** A tool as an agent's author has chosen it. */
export interface AgentToolConfig {
  readonly name: string;
  readonly description?: string;
  readonly approval: ApprovalPolicy;
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly forbidden: readonly string[];
  readonly credentialId?: string;
}

type Written = z.infer<ReturnType<typeof agentToolsField>>[number];

export function readAgentTool(written: Written): AgentToolConfig {
  const {
    approval = 'never',
    fixed = {},
    forbidden = [],
    ...rest
  } = typeof written === 'string' ? { name: written } : written;
  const policy = typeof approval === 'boolean' ? (approval ? 'always' : 'never') : approval;
  return { ...rest, approval: policy, fixed, forbidden };
}

/** What the schema cannot say: one tool twice, and an argument that is both given and forbidden. */
export function agentToolProblems(written: readonly Written[]): readonly Problem[] {
  const tools = written.map(readAgentTool);
  return tools.flatMap(({ name, fixed, forbidden }, index) => [
    ...(tools.findIndex((other) => other.name === name) === index
      ? []
      : [
          {
            pointer: typeof written[index] === 'string' ? `/config/tools/${index}` : `/config/tools/${index}/name`,
            code: 'agent.duplicate_tool',
            message: `The tool “${name}” is listed twice: remove one of the two.`,
          },
        ]),
    ...forbidden.flatMap((argument, place) =>
      Object.hasOwn(fixed, argument)
        ? [
            {
              pointer: `/config/tools/${index}/forbidden/${place}`,
              code: 'agent.argument_fixed',
              message: `The argument “${argument}” of ${name} is fixed, so the model cannot give it anyway: remove it here.`,
            },
          ]
        : [],
    ),
  ]);
}
