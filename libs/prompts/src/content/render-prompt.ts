import { compileTemplate, type Problem, StepError } from '#kernel';
import type { PromptContent } from './prompt-content.js';
import { isOfType } from './variable-values.js';

/** What a model is told. */
export interface RenderedPrompt {
  /** Empty when it is told nothing about itself. */
  readonly system: string;
  readonly user: string;
}

/** Characters that a prompt may grow to with its values; more would not fit into any model that we know. */
const MAX_RENDERED_LENGTH = 1_000_000;

/** Why a prompt could not be filled in; pointers lead into the variables. */
export class PromptNotRenderedError extends Error {
  override readonly name = 'PromptNotRenderedError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems[0]?.message ?? 'The prompt could not be filled in.');
  }
}

/**
 * Fills a right prompt in. What a value contains is never read as a template.
 * @param variables by name; what the prompt does not declare is refused
 * @throws PromptNotRenderedError
 */
export function renderPrompt(content: PromptContent, variables: Readonly<Record<string, unknown>>): RenderedPrompt {
  const problems = valueProblems(content, variables);
  if (problems.length > 0) throw new PromptNotRenderedError(problems);
  // Without a prototype: a name such as `constructor` is a variable or nothing.
  const scope = Object.assign(Object.create(null) as Record<string, unknown>, variables);
  return { system: render('system', content.system, scope), user: render('user', content.user, scope) };
}

function valueProblems({ variables: declared }: PromptContent, values: Readonly<Record<string, unknown>>): Problem[] {
  const names = new Set(declared.map(({ name }) => name));
  const unknown = Object.keys(values)
    .filter((name) => !names.has(name))
    .map((name) => ({
      pointer: `/variables/${escape(name)}`,
      code: 'prompt.variable_unknown',
      message: `The prompt has no variable “${name.slice(0, 64)}”: remove it or correct its name.`,
    }));
  const wrong = declared.flatMap(({ name, type, required }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const pointer = `/variables/${escape(name)}`;
    if (value === undefined || value === null) {
      const message = `The prompt needs a value for “${name}”.`;
      return required ? [{ pointer, code: 'prompt.variable_missing', message }] : [];
    }
    if (isOfType(value, type)) return [];
    return [{ pointer, code: 'prompt.variable_type', message: `“${name}” must be a ${type}.` }];
  });
  return [...unknown, ...wrong];
}

function render(field: 'system' | 'user', text: string, scope: Readonly<Record<string, unknown>>): string {
  const rendered = tryToRender(field, text, scope);
  if (rendered.length <= MAX_RENDERED_LENGTH) return rendered;
  const message = `The ${field} text would be longer than ${MAX_RENDERED_LENGTH} characters: give it less.`;
  throw new PromptNotRenderedError([{ pointer: '/variables', code: 'prompt.too_long', message }]);
}

function tryToRender(field: string, text: string, scope: Readonly<Record<string, unknown>>): string {
  try {
    return compileTemplate(text).render(scope);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const { code, message } = error;
    throw new PromptNotRenderedError([{ pointer: `/${field}`, code, message }]);
  }
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
