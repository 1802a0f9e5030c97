import { LinearRegExp } from '../regexp/linear-regexp.js';
import { UnsupportedPatternError } from '../regexp/pattern.js';
import { ExpressionSyntaxError } from './expression-error.js';
import { childrenOf, type JsonataNode } from './jsonata-ast.js';

/** What can be said about an expression without running it. */
export interface ExpressionFacts {
  /** The ids behind `steps.<id>`, each once, in the order of appearance. */
  readonly stepIds: readonly string[];
  /**
   * Whether it builds objects from items of a list. JSONata then marks empty lists it comes across by writing into
   * them, so it must be given a copy of the data.
   */
  readonly mayWriteIntoData: boolean;
}

/** @throws ExpressionSyntaxError for what JSONata would accept and we do not */
export function readExpressionFacts(ast: JsonataNode): ExpressionFacts {
  const stepIds = new Set<string>();
  let mayWriteIntoData = false;

  const visit = (node: JsonataNode, contextIsRoot: boolean): void => {
    if (node.type === 'regex') checkRegex(node);
    if (node.type === 'variable' && node.value === 'eval') {
      throw new ExpressionSyntaxError('$eval is not available: write the expression where it is used', node.position);
    }
    const buildsObjects = node.group !== undefined || (node.type === 'unary' && node.value === '{');
    if (buildsObjects && !(contextIsRoot && node.group === undefined)) mayWriteIntoData = true;
    if (node.type !== 'path') {
      const inner = new Set((node.predicate ?? []).map((stage) => stage.expr).concat(node.group?.lhs.flat() ?? []));
      // Inside `{ … }`, `[ … ]`, calls and lambdas the context is the one outside; in filters it is the item.
      for (const child of childrenOf(node)) visit(child, contextIsRoot && !inner.has(child));
      return;
    }
    const steps = node.steps ?? [];
    const stepId = stepIdOf(steps, contextIsRoot);
    if (stepId !== undefined) stepIds.add(stepId);
    steps.forEach((step, index) => {
      for (const stage of step.stages ?? []) visit(stage.expr, false);
      visit({ ...step, stages: undefined }, contextIsRoot && index === 0);
    });
    for (const part of node.group?.lhs.flat() ?? []) visit(part, false);
  };

  visit(ast, true);
  return { stepIds: [...stepIds], mayWriteIntoData };
}

/** `steps.a` where the context is the root, and `$$.steps.a` everywhere. */
function stepIdOf(steps: readonly JsonataNode[], contextIsRoot: boolean): string | undefined {
  const fromRoot = steps[0]?.type === 'variable' && steps[0].value === '$';
  const [first, second] = fromRoot ? steps.slice(1) : contextIsRoot ? steps : [];
  const isStepsPath = first?.type === 'name' && first.value === 'steps' && second?.type === 'name';
  return isStepsPath && typeof second.value === 'string' ? second.value : undefined;
}

function checkRegex(node: JsonataNode): void {
  try {
    void new LinearRegExp(node.value as RegExp);
  } catch (error) {
    if (!(error instanceof UnsupportedPatternError)) throw error;
    throw new ExpressionSyntaxError(`The regular expression cannot be used: ${error.message}`, node.position);
  }
}
