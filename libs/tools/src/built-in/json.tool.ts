import { compileExpression, ExpressionSyntaxError, StepError } from '#kernel';
import { textArgument } from '../text-argument.js';
import type { Tool, ToolArguments } from '../tool.js';

const OPERATIONS = ['query', 'parse', 'stringify'];

export const JSON_TOOL: Tool = {
  name: 'json',
  description:
    'Works on JSON: "query" picks or computes values of "data" with a JSONata expression over input, for example input.items[price > 10].name; "parse" reads JSON from "text"; "stringify" writes "data" as text.',
  inputSchema: {
    type: 'object',
    properties: {
      operation: { type: 'string', enum: OPERATIONS },
      data: { description: 'For query and stringify.' },
      expression: { type: 'string', maxLength: 16_384, description: 'For query: JSONata, in which input is the data.' },
      text: { type: 'string', maxLength: 1_000_000, description: 'For parse.' },
      indent: { type: 'integer', minimum: 0, maximum: 8, description: 'For stringify: spaces per level.' },
    },
    required: ['operation'],
    additionalProperties: false,
  },
  effect: 'read',
  timeoutMs: 5_000,
  outputBytes: 256 * 1024,
  run: (args) => {
    switch (args.operation) {
      case 'query':
        return query(args);
      case 'parse':
        return parse(textArgument(args, 'text'));
      default:
        return { text: JSON.stringify(args.data ?? null, null, Number(args.indent ?? 0)) };
    }
  },
};

async function query(args: ToolArguments): Promise<unknown> {
  const scope = { input: args.data ?? null, steps: {}, vars: {} };
  try {
    const value = await compileExpression(textArgument(args, 'expression')).evaluate(scope);
    return { value: value ?? null };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    throw refusal(`The expression does not parse: ${error.message}.`);
  }
}

function parse(text: string): unknown {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    throw refusal(`The text is no JSON: ${(error as Error).message.slice(0, 200)}.`);
  }
}

function refusal(message: string): StepError {
  return new StepError({ code: 'json.invalid', message, retryable: false });
}
