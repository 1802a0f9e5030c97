import { compileExpression } from '../../expression/expression.js';
import { pointer } from '../../json/json-pointer.js';
import type { Scope, Source } from '../../node-kind.js';
import { compileTemplate } from '../../template/template.js';

/** An expression whose value is the arguments, or the arguments themselves, whose texts are templates. */
export type ToolArguments = string | Readonly<Record<string, unknown>>;

type Render = (scope: Scope) => unknown;

/** Gives the arguments for a scope; what an expression gives may be anything and is checked like what a model gives. */
export function compileArguments(written: ToolArguments): (scope: Scope) => unknown {
  if (typeof written !== 'string') return compileValue(written);
  const expression = compileExpression(written);
  return async (scope) => (await expression.evaluate(scope)) ?? {};
}

export function argumentSources(written: ToolArguments, at: readonly (string | number)[]): readonly Source[] {
  if (typeof written === 'string') return [{ pointer: pointer(...at), language: 'expression', text: written }];
  return templatesIn(written, at);
}

function templatesIn(value: unknown, at: readonly (string | number)[]): readonly Source[] {
  if (typeof value === 'string') return [{ pointer: pointer(...at), language: 'template', text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => templatesIn(item, [...at, key]));
}

function compileValue(value: unknown): Render {
  if (typeof value === 'string') {
    const template = compileTemplate(value);
    return (scope) => template.render(scope);
  }
  if (Array.isArray(value)) {
    const items = value.map(compileValue);
    return (scope) => items.map((render) => render(scope));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const entries = Object.entries(value).map(([key, item]) => [key, compileValue(item)] as const);
  return (scope) => Object.fromEntries(entries.map(([key, render]) => [key, render(scope)]));
}
