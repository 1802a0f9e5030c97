import type { ToolChoice, ToolDefinition } from '../../model/tool.js';
import type { JsonSchema } from '../../model/json-schema.js';
import { extractJson } from './extract-json.js';
import { similarity, vectorOf } from './similarity.js';
import { contentStems, wordsOfName } from './words.js';

/** Below this a tool has little more in common with the request than the language. */
const LEAST_SCORE = 0.34;
/** "Calculate" and "calculator" mean the same tool. */
const SHARED_BEGINNING = 6;
/** Names of parameters that take the request itself when nothing more precise is found. */
const FREE_TEXT =
  /^(?:query|q|question|search|text|input|message|prompt|request|content|term|keywords?|frage|suche|anfrage)$/i;
const PLACE = /^(?:city|location|place|town|ort|stadt)$/i;
const EXPRESSION = /^(?:expression|formula|calculation|rechnung|ausdruck)$/i;
/** Two numbers, or a number and a parenthesis, with a sign between them that nobody writes in dates and ranges. */
const ARITHMETIC = /\d\s*[*×÷^]\s*[\d(]|\d\s+[+/-]\s+[\d(]|\)\s*[-+*/×÷^]\s*[\d(]|[\d)]\s*[-+*/]\s*\(/;
/** What stands in quotation marks, or after a colon at the end, is what the request is about. */
const GIVEN_TEXT = /["“„«]([^"“”„«»]{1,5000})["”“»]|:\s+(\S[\s\S]{0,5000})$/;
const COMMAND =
  /^\W{0,3}(?:(?:please|bitte|can you|could you|kannst du|i need you to)\s+)?(?:(?:search|look up|find|look for|google|suche|finde|tell me|show me)\b(?:\s+(?:for|nach|about|up|the web for|me))?\s*)?/i;

export interface ChosenTool {
  readonly toolName: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** The tool that a request calls for, with arguments taken from its words; undefined when none does. */
export function chooseTool(
  request: string,
  tools: readonly ToolDefinition[],
  choice: ToolChoice,
): ChosenTool | undefined {
  if (tools.length === 0 || choice === 'none') return undefined;
  const tool =
    typeof choice === 'object'
      ? tools.find(({ name }) => name === choice.toolName)
      : best(request, tools, choice === 'required');
  return tool && { toolName: tool.name, arguments: argumentsFor(tool.parameters, request) };
}

function best(request: string, tools: readonly ToolDefinition[], mustChoose: boolean): ToolDefinition | undefined {
  const scored = tools
    .map((tool, index) => ({ tool, index, score: scoreOf(request, tool) }))
    .sort((one, other) => other.score - one.score || one.index - other.index);
  const [winner] = scored;
  return winner && (mustChoose || winner.score >= LEAST_SCORE) ? winner.tool : undefined;
}

/** Words of the name weigh most: "weather" asks for `get_weather` whatever else its description says. */
function scoreOf(request: string, tool: ToolDefinition): number {
  const asked = [...new Set(contentStems(request))];
  const isAsked = (stem: string): boolean => asked.some((other) => other === stem || sharesBeginning(other, stem));
  const share = (text: string): number => {
    const stems = [...new Set(contentStems(text))].filter((stem) => !GENERIC_STEMS.has(stem));
    return stems.length === 0 ? 0 : stems.filter(isAsked).length / Math.min(stems.length, 4);
  };
  const parameters = Object.keys(tool.parameters['properties'] ?? {})
    .flatMap(wordsOfName)
    .join(' ');
  const spelled = similarity(
    vectorOf(request.slice(0, 5_000)),
    vectorOf(`${wordsOfName(tool.name).join(' ')} ${tool.description}`),
  );
  return (
    (ARITHMETIC.test(request) && takesExpression(tool) ? 0.5 : 0) +
    0.8 * share(wordsOfName(tool.name).join(' ')) +
    0.5 * share(tool.description) +
    0.2 * share(parameters) +
    0.6 * spelled
  );
}

function takesExpression(tool: ToolDefinition): boolean {
  const required = [tool.parameters['required'] ?? []].flat() as string[];
  return required.length === 1 && EXPRESSION.test(required[0] as string);
}

function sharesBeginning(one: string, other: string): boolean {
  return one.length >= SHARED_BEGINNING && one.slice(0, SHARED_BEGINNING) === other.slice(0, SHARED_BEGINNING);
}

const GENERIC_STEMS = new Set(contentStems('get find fetch run tool call use make create do given returns for list'));

function argumentsFor(parameters: JsonSchema, request: string): Record<string, unknown> {
  const extracted = extractJson(parameters, request) as Record<string, unknown> | null;
  const properties = (parameters['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = new Set([parameters['required'] ?? []].flat());
  const entries = Object.entries(properties).flatMap(([name, property]): [string, unknown][] => {
    const found = extracted?.[name];
    // Free text says everything and so nothing: it is no reason to fill in what may be left out.
    const mayGuess = required.has(name) || !FREE_TEXT.test(name) || required.size === 0;
    const special = isString(property) && mayGuess ? specialArgument(name, request) : undefined;
    if (special !== undefined) return [[name, special]];
    const isEmpty = found === undefined || found === null || found === '';
    const takesAll =
      required.size === 1 && required.has(name) && isString(property) && !property['enum'] && !PLACE.test(name);
    if (isEmpty && takesAll) return [[name, request.trim()]];
    return isEmpty && !required.has(name) ? [] : [[name, found]];
  });
  return Object.fromEntries(entries);
}

function isString(property: JsonSchema): boolean {
  return [property['type'] ?? 'string'].flat().includes('string') && !property['format'] && !property['pattern'];
}

/** Parameters that no form has a field for. */
function specialArgument(name: string, request: string): string | undefined {
  if (EXPRESSION.test(name)) return /[\d(][\d\s.,+*/()^%×÷-]{1,200}[\d)]/.exec(request)?.[0].trim();
  if (PLACE.test(name))
    return /\b(?:in|at|for|near|from|aus|bei|für|nach)\s+(\p{Lu}[\p{L}'-]{1,40}(?:\s\p{Lu}[\p{L}'-]{1,40}){0,2})/u.exec(
      request,
    )?.[1];
  if (/^(?:text|input|content|message)$/i.test(name)) {
    const [, quoted, following] = GIVEN_TEXT.exec(request) ?? [];
    const given = (quoted ?? following)?.trim();
    if (given) return given;
  }
  if (FREE_TEXT.test(name))
    return (
      request
        .replace(COMMAND, '')
        .replace(/[\s?.!]+$/, '')
        .trim() || request.trim()
    );
  return undefined;
}
