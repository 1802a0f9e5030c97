import type { JsonataNode, JsonataPair, JsonataStage } from '../jsonata-ast.js';
import { Frame, Names, type Evaluate } from './frame.js';
import { FUNCTIONS } from './functions.js';
import { HIGHER_ORDER, type Lambda } from './higher-order.js';
import { handOver, NotCompiledError } from './not-compiled.js';
import { compileOperator } from './operators.js';
import { compileFilter, compileIndex, compileNames, compileSteps, type CompiledStep, type Filter } from './paths.js';
import { finish } from './sequence.js';
import { append, booleanOf, isNumber, lookUp, push } from './values.js';

/**
 * Turns the frequent part of JSONata into closures that answer at once, with exactly JSONata's meaning.
 *
 * @throws NotCompiledError when any part of the expression is outside that part
 */
export function compileAst(ast: JsonataNode): (root: unknown) => unknown {
  const evaluate = compileStatement(ast, new Names());
  return (root) => evaluate(root, Frame.outermost(root));
}

/** Where a variable may be bound: a part of a block, or the expression as a whole. */
function compileStatement(node: JsonataNode, names: Names): Evaluate {
  if (node.type !== 'bind') return compile(node, names);
  refuse(node.keepArray || node.predicate || node.group, 'decorated binding');
  const value = compile(node.rhs as JsonataNode, names);
  const slot = names.declare((node.lhs as JsonataNode).value as string);
  return (context, frame) => {
    const result = value(context, frame);
    frame.bind(slot, result);
    return result;
  };
}

/** A part of an expression with everything that may stand behind it: filters and `[]`. */
function compile(node: JsonataNode, names: Names): Evaluate {
  refuse(node.group ?? node.tuple, 'grouping or binding of items');
  const evaluate = compileBare(node, names);
  const keepArray = node.keepArray === true;
  const filters = compileFilters(node.predicate, names);
  if (filters.length === 0) return (context, frame) => finish(evaluate(context, frame), keepArray);
  return (context, frame) => {
    let value = evaluate(context, frame);
    for (const filter of filters) value = filter(value, frame);
    return finish(value, keepArray);
  };
}

function compileBare(node: JsonataNode, names: Names): Evaluate {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value': {
      const { value } = node;
      return () => value;
    }
    case 'name': {
      const name = node.value as string;
      return (context, frame) => lookUp(context, name, frame);
    }
    case 'path':
      return compilePath(node, names);
    case 'variable':
      return compileVariable(node, names);
    case 'binary':
      return compileOperator(
        node.value,
        compile(node.lhs as JsonataNode, names),
        compile(node.rhs as JsonataNode, names),
      );
    case 'unary':
      return compileUnary(node, names);
    case 'condition':
      return compileCondition(node, names, compile);
    case 'block':
      return compileBlock(node, names, compileStatement);
    case 'function':
      return compileCall(node, names);
    case 'apply':
      refuse(node.rhs?.type !== 'function', 'application of a function value');
      return compileCall(node.rhs as JsonataNode, names, node.lhs as JsonataNode);
    default:
      throw new NotCompiledError(node.type);
  }
}

function compileFilters(stages: readonly JsonataStage[] | undefined, names: Names): Filter[] {
  return (stages ?? []).map(({ type, expr }) => {
    refuse(type !== 'filter', type);
    return expr.type === 'number' ? compileIndex(expr.value as number) : compileFilter(compile(expr, names));
  });
}

function compilePath(node: JsonataNode, names: Names): Evaluate {
  const steps = node.steps ?? [];
  for (const step of steps) refuse(step.type === 'sort' || step.consarray || step.tuple, 'kind of step');
  const startsWithVariable = steps[0]?.type === 'variable';
  const [first, ...rest] = steps;
  const tail = startsWithVariable ? rest : steps;
  const isPlain = tail.every((step) => step.type === 'name' && !step.stages && !step.keepArray && !step.predicate);
  if (
    isPlain &&
    !node.keepSingletonArray &&
    first !== undefined &&
    !(startsWithVariable && (first.stages ?? first.keepArray))
  ) {
    const head = startsWithVariable ? compile(first, names) : undefined;
    return compileNames(
      tail.map((step) => step.value as string),
      head,
    );
  }
  const compiled = steps.map((step): CompiledStep => ({
    evaluate: compile({ ...step, stages: undefined }, names),
    filters: compileFilters(step.stages, names),
  }));
  return compileSteps(compiled, startsWithVariable, node.keepSingletonArray === true);
}

function compileVariable(node: JsonataNode, names: Names): Evaluate {
  const name = node.value as string;
  if (name === '') return (context) => (isWrapper(context) ? handOver() : context);
  if (name === '$') return (_context, frame) => frame.root;
  const place = names.find(name);
  if (place === undefined) throw new NotCompiledError(`the variable $${name}`);
  const { depth, slot } = place;
  return (_context, frame) => frame.read(depth, slot);
}

/** JSONata takes the first item instead of a context with this field, which it uses itself for the outermost list. */
function isWrapper(context: unknown): boolean {
  return typeof context === 'object' && context !== null && 'outerWrapper' in context;
}

function compileUnary(node: JsonataNode, names: Names): Evaluate {
  if (node.value === '[') return compileArray(node.expressions ?? [], names);
  if (node.value === '{') return compileObject(node.lhs as readonly JsonataPair[], names);
  const operand = compile(node.expression as JsonataNode, names);
  return (context, frame) => {
    const value = operand(context, frame);
    if (value === undefined) return undefined;
    return isNumber(value) ? -value : handOver();
  };
}

function compileArray(nodes: readonly JsonataNode[], names: Names): Evaluate {
  const items = nodes.map((node) => ({ evaluate: compile(node, names), isArray: node.value === '[' }));
  return (context, frame) => {
    let list: unknown[] = [];
    for (const { evaluate, isArray } of items) {
      const value = evaluate(context, frame);
      if (value === undefined) continue;
      frame.spend(1);
      if (isArray || !Array.isArray(value)) push(list, value);
      else {
        frame.spend(value.length);
        list = append(list, value) as unknown[];
      }
    }
    return list;
  };
}

function compileObject(pairs: readonly JsonataPair[], names: Names): Evaluate {
  const fields = pairs.map(([key, value]) => ({ key: compile(key, names), value: compile(value, names) }));
  return (context, frame) => {
    // Of a list JSONata makes one object by grouping its items.
    if (Array.isArray(context)) return handOver();
    const object: Record<string, unknown> = {};
    const seen = new Set<unknown>();
    for (const { key, value } of fields) {
      const name = key(context, frame);
      if (name === undefined) continue;
      if (typeof name !== 'string' || seen.has(name) || RESERVED_KEYS.has(name)) return handOver();
      seen.add(name);
      const field = value(context, frame);
      if (field !== undefined) object[name] = field;
    }
    return object;
  };
}

const RESERVED_KEYS = new Set(['__proto__', '_jsonata_lambda', '_jsonata_function']);

type CompilePart = (node: JsonataNode, names: Names) => Evaluate;

function compileCondition(node: JsonataNode, names: Names, compileBranch: CompilePart): Evaluate {
  const condition = compile(node.condition as JsonataNode, names);
  const whenTrue = compileBranch(node.then as JsonataNode, names);
  const otherwise = node.else ? compileBranch(node.else, names) : () => undefined;
  return (context, frame) =>
    booleanOf(condition(context, frame)) === true ? whenTrue(context, frame) : otherwise(context, frame);
}

function compileBlock(node: JsonataNode, outer: Names, compileLast: CompilePart): Evaluate {
  refuse(node.consarray, 'block that ends in a list constructor');
  const names = new Names(outer);
  const nodes = node.expressions ?? [];
  const parts = nodes.map((part, index) =>
    index === nodes.length - 1 ? compileLast(part, names) : compileStatement(part, names),
  );
  return (context, outerFrame) => {
    const frame = outerFrame.inner();
    let value: unknown;
    for (const part of parts) value = part(context, frame);
    return value;
  };
}

function compileCall(node: JsonataNode, names: Names, firstArgument?: JsonataNode): Evaluate {
  const { procedure, arguments: rest = [] } = node;
  const name = procedure?.type === 'variable' ? (procedure.value as string) : '';
  refuse(names.find(name) ?? procedure?.predicate, 'call of a variable');
  const args = firstArgument === undefined ? rest : [firstArgument, ...rest];
  const lambda = args[1];
  if (lambda?.type === 'lambda') return compileHigherOrder(name, args, lambda, names);
  const known = FUNCTIONS.get(name);
  if (known === undefined) throw new NotCompiledError(`the function $${name}`);
  refuse(args.length < known.arity[0] || args.length > known.arity[1], 'number of arguments');
  const compiled = args.map((arg) => compile(arg, names));
  return (context, frame) =>
    known.call(
      compiled.map((arg) => arg(context, frame)),
      frame,
    );
}

function compileHigherOrder(name: string, args: readonly JsonataNode[], lambda: JsonataNode, names: Names): Evaluate {
  const known = HIGHER_ORDER.get(name);
  if (known === undefined) throw new NotCompiledError(`the function $${name}`);
  refuse(args.length < known.arity[0] || args.length > known.arity[1], 'number of arguments');
  const list = compile(args[0] as JsonataNode, names);
  const makeLambda = compileLambda(lambda, names);
  const initial = args[2] === undefined ? () => undefined : compile(args[2], names);
  return (context, frame) =>
    known.call(list(context, frame), makeLambda(context, frame), frame, initial(context, frame));
}

function compileLambda(node: JsonataNode, outer: Names): (context: unknown, frame: Frame) => Lambda {
  refuse(node.signature ?? node.thunk ?? node.predicate, 'function with a signature');
  const parameters = (node.arguments ?? []).map(({ value }) => value as string);
  refuse(new Set(parameters).size < parameters.length, 'parameters of one name');
  const body = compileTail(node.body as JsonataNode, new Names(outer, parameters));
  const arity = parameters.length;
  return (context, frame) => ({
    arity,
    call: (args) => body(context, frame.inner(Array.from({ length: arity }, (_, index) => args[index]))),
  });
}

/**
 * The last thing that a function does. JSONata wraps calls in this place and hands on what they give as it is, so that
 * a sequence of one value stays a sequence.
 */
function compileTail(node: JsonataNode, names: Names): Evaluate {
  const isDecorated = node.predicate ?? node.group ?? node.keepArray;
  if (node.type === 'lambda' && node.thunk) return compileCall(node.body as JsonataNode, names);
  if (isDecorated === undefined && node.type === 'condition') return compileCondition(node, names, compileTail);
  if (isDecorated === undefined && node.type === 'block') return compileBlock(node, names, compileTailStatement);
  return compile(node, names);
}

function compileTailStatement(node: JsonataNode, names: Names): Evaluate {
  return node.type === 'bind' ? compileStatement(node, names) : compileTail(node, names);
}

function refuse(reason: unknown, what: string): void {
  if (reason !== undefined && reason !== false) throw new NotCompiledError(what);
}
