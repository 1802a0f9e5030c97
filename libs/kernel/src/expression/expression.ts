import { JsonValueError, toPlainJson } from '../json/plain-json.js';
import type { Scope } from '../node-kind.js';
import { StepError } from '../step-error.js';
import { describeJsonataError, ExpressionSyntaxError } from './expression-error.js';
import { readExpressionFacts } from './expression-facts.js';
import { EXPRESSION_JSON_LIMITS, EXPRESSION_LIMITS } from './expression-limits.js';
import { createJsonataEvaluator, type JsonataEvaluator } from './jsonata-evaluator.js';
import { nestedDefaults } from './nested-defaults.js';

/** A JSONata expression over `input`, `steps` and `vars`, parsed once. */
export interface Expression {
  readonly source: string;
  /** The ids behind `steps.<id>`, as far as they can be read from the text. */
  readonly stepIds: readonly string[];
  /**
   * Plain JSON, or undefined for "nothing". Answers synchronously when the expression is in the compiled subset.
   *
   * @throws StepError `expression.failed`
   */
  evaluate(scope: Scope): unknown;
}

/** @throws ExpressionSyntaxError */
export function compileExpression(source: string): Expression {
  const evaluator = parse(source);
  const facts = readExpressionFacts(evaluator.ast);
  const evaluateWithJsonata = async (scope: Scope): Promise<unknown> => {
    try {
      return plainResult(await evaluator.evaluate(facts.mayWriteIntoData ? structuredClone(scope) : scope));
    } catch (error) {
      throw asStepError(error, source);
    }
  };
  return { source, stepIds: facts.stepIds, evaluate: evaluateWithJsonata };
}

function parse(source: string): JsonataEvaluator {
  if (source.length > EXPRESSION_LIMITS.sourceLength) {
    throw new ExpressionSyntaxError(`It is longer than ${EXPRESSION_LIMITS.sourceLength} characters`);
  }
  if (nestedDefaults(source) > EXPRESSION_LIMITS.nestedDefaults) {
    throw new ExpressionSyntaxError(`It nests ?? or ?: more than ${EXPRESSION_LIMITS.nestedDefaults} times`);
  }
  try {
    return createJsonataEvaluator(source);
  } catch (error) {
    const { message, position } = describeJsonataError(error);
    throw new ExpressionSyntaxError(error instanceof SyntaxError ? error.message : message, position);
  }
}

function plainResult(value: unknown): unknown {
  return value === undefined ? undefined : toPlainJson(value, EXPRESSION_JSON_LIMITS).value;
}

function asStepError(error: unknown, source: string): StepError {
  const excerpt = source.length > 80 ? `${source.slice(0, 80)}…` : source;
  const { message, position } =
    error instanceof JsonValueError ? { message: `its result cannot be kept: ${error.message}` } : describeJsonataError(error);
  const place = position === undefined ? '' : ` (at character ${position + 1})`;
  return new StepError({
    code: 'expression.failed',
    message: `The expression “${excerpt}” failed: ${message}${place}.`,
    retryable: false,
    cause: error,
  });
}
