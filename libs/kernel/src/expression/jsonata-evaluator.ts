import jsonata from 'jsonata';
import { LinearRegExp } from '../regexp/linear-regexp.js';
import { BOUNDED_FUNCTIONS } from './bounded-functions.js';
import { EvaluationBudget } from './evaluation-budget.js';
import { EXPRESSION_LIMITS } from './expression-limits.js';
import type { JsonataNode } from './jsonata-ast.js';

/** A parsed expression and JSONata's own, asynchronous way of evaluating it, inside our bounds. */
export interface JsonataEvaluator {
  readonly ast: JsonataNode;
  evaluate(root: unknown): Promise<unknown>;
}

/**
 * @throws what JSONata throws when the source does not parse
 */
export function createJsonataEvaluator(source: string): JsonataEvaluator {
  const expression = jsonata(source, {
    stack: EXPRESSION_LIMITS.depth,
    sequence: EXPRESSION_LIMITS.sequence,
    RegexEngine: LinearRegExp as unknown as RegExpConstructor,
  });
  for (const [name, definition] of BOUNDED_FUNCTIONS) expression.assign(name, definition);
  // JSONata looks for these two hooks under symbols, which its types do not know.
  expression.assign(ENTRY as unknown as string, (_node: unknown, _input: unknown, environment: Environment) =>
    budgetOf(environment).spendTime(),
  );
  expression.assign(
    EXIT as unknown as string,
    (_node: unknown, _input: unknown, environment: Environment, value: unknown) => budgetOf(environment).weigh(value),
  );
  return {
    ast: expression.ast() as JsonataNode,
    evaluate: async (root) => (await expression.evaluate(root)) as unknown,
  };
}

const ENTRY = Symbol.for('jsonata.__evaluate_entry');
const EXIT = Symbol.for('jsonata.__evaluate_exit');

/** One per evaluation: JSONata makes a new base environment for each. */
interface Environment {
  readonly base: object;
}

const budgets = new WeakMap<object, EvaluationBudget>();

function budgetOf({ base }: Environment): EvaluationBudget {
  let budget = budgets.get(base);
  if (budget === undefined) budgets.set(base, (budget = new EvaluationBudget()));
  return budget;
}
