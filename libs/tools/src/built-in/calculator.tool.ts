import { StepError } from '#kernel';
import { calculate } from '../calculator/calculate.js';
import { CalculationError } from '../calculator/calculation-error.js';
import { textArgument } from '../text-argument.js';
import type { Tool } from '../tool.js';

export const CALCULATOR: Tool = {
  name: 'calculator',
  description:
    'Calculates an arithmetic expression exactly, for example (19.99 * 3 + 4.5) * 1.19 or round(sqrt(2), 3). Use it for every calculation.',
  inputSchema: {
    type: 'object',
    properties: {
      expression: {
        type: 'string',
        minLength: 1,
        maxLength: 1_000,
        description:
          'Numbers with + - * / % ^ and parentheses, functions such as round, sqrt, min, max, sum, avg, log, and pi and e.',
      },
    },
    required: ['expression'],
    additionalProperties: false,
  },
  effect: 'read',
  timeoutMs: 1_000,
  outputBytes: 1_000,
  run: (args) => {
    try {
      return { result: calculate(textArgument(args, 'expression')) };
    } catch (error) {
      if (!(error instanceof CalculationError)) throw error;
      const place = error.at === undefined ? '' : ` (at character ${error.at + 1})`;
      throw new StepError({
        code: 'calculator.invalid',
        message: `This cannot be calculated: ${error.message}${place}.`,
        retryable: false,
      });
    }
  },
};
