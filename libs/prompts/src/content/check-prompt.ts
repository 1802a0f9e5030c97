import { compileTemplate, type Problem, TemplateSyntaxError } from '#kernel';
import { isOfType, readExample } from './variable-values.js';
import type { PromptContent } from './prompt-content.js';

/** What is to be said of a prompt; pointers lead into its content. */
export interface PromptCheck {
  /** What keeps it from being published. */
  readonly problems: readonly Problem[];
  /** What is allowed and probably not meant. */
  readonly warnings: readonly Problem[];
}

const VARIABLE_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** They stand in front of everything in the templates of nodes, and a prompt sees none of it. */
const NODE_SCOPE = ['input', 'steps', 'vars'];
/** Liquid reads them as what they are called. */
const LITERALS = ['true', 'false', 'nil', 'null', 'empty', 'blank', 'forloop', 'tablerowloop'];
const MODEL = /^[\w.-]+\/[\w.:@/-]+$/;

/** Everything that is wrong, or odd, about a prompt by itself. */
export function checkPrompt(content: PromptContent): PromptCheck {
  const texts = [readText('system', content.system), readText('user', content.user)];
  const used = new Set(texts.flatMap(({ variables }) => variables));
  const declared = new Set(content.variables.map(({ name }) => name));
  return {
    problems: [
      ...(content.user.trim() === '' ? [problem('/user', 'prompt.empty', USER_MISSING)] : []),
      ...texts.flatMap(({ problems }) => problems),
      ...content.variables.flatMap((_variable, index) => nameProblems(content, index)),
      ...texts.flatMap(({ field, variables }) =>
        variables
          .filter((name) => !declared.has(name))
          .map((name) => problem(`/${field}`, 'prompt.variable_unknown', undeclared(name))),
      ),
      ...modelProblems(content.model),
    ],
    warnings: content.variables.flatMap((variable, index) => [
      ...(used.has(variable.name) || texts.some(({ problems }) => problems.length > 0)
        ? []
        : [
            problem(
              `/variables/${index}`,
              'prompt.variable_unused',
              `“${variable.name}” is declared, and no text uses it: remove it, or write {{ ${variable.name} }}.`,
            ),
          ]),
      ...exampleWarnings(content, index),
    ]),
  };
}

const USER_MISSING = 'The user text is empty: write what the model is asked.';

interface ReadText {
  readonly field: 'system' | 'user';
  readonly variables: readonly string[];
  readonly problems: readonly Problem[];
}

function readText(field: 'system' | 'user', text: string): ReadText {
  try {
    return { field, variables: compileTemplate(text).variables, problems: [] };
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    const message = `The ${field} text does not parse: ${error.message}.`;
    return { field, variables: [], problems: [problem(`/${field}`, 'template.syntax', message)] };
  }
}

function undeclared(name: string): string {
  return NODE_SCOPE.includes(name)
    ? `A prompt of the library does not see “${name}” of the agent that uses it: declare a variable for what you need, and let the node fill it in.`
    : `The text uses “${name}”, which is no declared variable: declare it or correct the name.`;
}

function nameProblems({ variables }: PromptContent, index: number): Problem[] {
  const name = variables[index]?.name ?? '';
  const at = `/variables/${index}/name`;
  if (!VARIABLE_NAME.test(name)) {
    const message = 'A variable needs a name of letters, digits and _, not beginning with a digit.';
    return [problem(at, 'prompt.variable_name', message)];
  }
  if ([...NODE_SCOPE, ...LITERALS].includes(name)) {
    return [
      problem(at, 'prompt.variable_name', `The name “${name}” means something else in a template: choose another one.`),
    ];
  }
  if (variables.findIndex((each) => each.name === name) < index) {
    return [problem(at, 'prompt.variable_twice', `“${name}” is declared twice: remove one of the two.`)];
  }
  return [];
}

function modelProblems(model: string | null): Problem[] {
  if (model === null || MODEL.test(model)) return [];
  return [problem('/model', 'prompt.model', 'Write the model as provider/model, for example “simulated/offline”.')];
}

function exampleWarnings({ variables }: PromptContent, index: number): Problem[] {
  const variable = variables[index];
  if (variable === undefined || variable.example === '') return [];
  if (isOfType(readExample(variable), variable.type)) return [];
  const message = `The example of “${variable.name}” is no ${variable.type}: ${EXAMPLES[variable.type]}`;
  return [problem(`/variables/${index}/example`, 'prompt.example_type', message)];
}

const EXAMPLES: Readonly<Record<PromptContent['variables'][number]['type'], string>> = {
  text: 'write any text.',
  number: 'write one, such as 12.5.',
  boolean: 'write true or false.',
  list: 'write JSON, such as ["a", "b"].',
  object: 'write JSON, such as { "name": "Ada" }.',
};

function problem(pointer: string, code: string, message: string): Problem {
  return { pointer, code, message };
}
