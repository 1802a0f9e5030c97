import { JsonValueError, toPlainJson } from '../json/plain-json.js';
import type { Scope } from '../node-kind.js';
import { StepError } from '../step-error.js';
import { compileAst } from './compiled/compiler.js';
import { HAND_OVER, NotCompiledError } from './compiled/not-compiled.js';
import { describeJsonataError, ExpressionSyntaxError } from './expression-error.js';
import { readExpressionFacts } from './expression-facts.js';
import { EXPRESSION_JSON_LIMITS, EXPRESSION_LIMITS } from './expression-limits.js';
import type { JsonataNode } from './jsonata-ast.js';
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

/**
 * Those that were compiled last, by their text: a graph is validated with every edit and once more before it is
 * compiled, and parsing is what that costs.
 */
const recent = new Map<string, Expression>();
const MAX_RECENT = 500;
/** Longer ones are rare, and would let few texts keep much memory. */
const MAX_RECENT_LENGTH = 500;

/** @throws ExpressionSyntaxError */
export function compileExpression(source: string): Expression {
  const known = recent.get(source);
  if (known !== undefined) return known;
  const expression = compileAnew(source);
  if (source.length <= MAX_RECENT_LENGTH) {
    if (recent.size >= MAX_RECENT) recent.clear();
    recent.set(source, expression);
  }
  return expression;
}

function compileAnew(source: string): Expression {
  const evaluator = parse(source);
  const facts = readExpressionFacts(evaluator.ast);
  const compiled = compile(evaluator.ast);
  // What is compiled hardly ever needs JSONata, whose evaluator weighs several times as much.
  let kept = compiled === undefined ? evaluator : undefined;
  const evaluateWithJsonata = async (scope: Scope): Promise<unknown> => {
    kept ??= createJsonataEvaluator(source);
    try {
      return plainResult(await kept.evaluate(facts.mayWriteIntoData ? structuredClone(scope) : scope));
    } catch (error) {
      throw asStepError(error, source);
    }
  };
  const evaluate = (scope: Scope): unknown => {
    const outcome = compiled?.(scope);
    if (outcome === undefined) return evaluateWithJsonata(scope);
    try {
      return plainResult(outcome.value);
    } catch (error) {
      throw asStepError(error, source);
    }
  };
  return { source, stepIds: facts.stepIds, evaluate };
}

type Compiled = (scope: Scope) => { readonly value: unknown } | undefined;

/** The synchronous way; undefined, for all scopes or for one, where only JSONata knows the answer or the error. */
function compile(ast: JsonataNode): Compiled | undefined {
  let run: (root: unknown) => unknown;
  try {
    run = compileAst(ast);
  } catch (error) {
    if (error instanceof NotCompiledError || error instanceof RangeError) return undefined;
    throw error;
  }
  return (scope) => {
    try {
      return { value: run(scope) };
    } catch (error) {
      // The stack is a bound that JSONata, which waits at every level, does not have.
      if (error === HAND_OVER || error instanceof RangeError) return undefined;
      throw error;
    }
  };
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
    error instanceof JsonValueError
      ? { message: `its result cannot be kept: ${error.message}` }
      : describeJsonataError(error);
  const place = position === undefined ? '' : ` (at character ${position + 1})`;
  return new StepError({
    code: 'expression.failed',
    message: `The expression “${excerpt}” failed: ${message}${place}.`,
    retryable: false,
    cause: error,
  });
}
