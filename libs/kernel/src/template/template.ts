import type { Scope } from '../node-kind.js';
import { StepError } from '../step-error.js';
import { TEMPLATE_LIMITS, templateEngine } from './template-engine.js';

/** A Liquid template over `input`, `steps` and `vars`, parsed once. */
export interface Template {
  readonly source: string;
  /** The ids behind `steps.<id>`, as far as they can be read from the text. */
  readonly stepIds: readonly string[];
  /** @throws StepError `template.failed` */
  render(scope: Scope): string;
}

/** Why a text is no template; the message says line and column. */
export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError';
}

/** @throws TemplateSyntaxError */
export function compileTemplate(source: string): Template {
  if (source.length > TEMPLATE_LIMITS.sourceLength) {
    throw new TemplateSyntaxError(`It is longer than ${TEMPLATE_LIMITS.sourceLength} characters`);
  }
  if (!source.includes('{{') && !source.includes('{%')) return { source, stepIds: [], render: () => source };
  try {
    const parsed = templateEngine.parse(source);
    return {
      source,
      stepIds: stepIdsOf(templateEngine.globalVariableSegmentsSync(parsed, { partials: false })),
      render: (scope) => render(parsed, scope),
    };
  } catch (error) {
    throw new TemplateSyntaxError(describe(error));
  }
}

function render(parsed: ReturnType<typeof templateEngine.parse>, scope: Scope): string {
  let text: string;
  try {
    text = templateEngine.renderSync(parsed, scope) as string;
  } catch (error) {
    throw failed(describe(error), error);
  }
  if (text.length > TEMPLATE_LIMITS.outputLength) {
    throw failed(`the text is longer than ${TEMPLATE_LIMITS.outputLength} characters`);
  }
  return text;
}

function stepIdsOf(variables: readonly (readonly unknown[])[]): string[] {
  const ids = variables.flatMap((segments) => {
    const nested = segments.filter((segment) => Array.isArray(segment)) as (readonly unknown[])[];
    const [first, second] = segments;
    return [...(first === 'steps' && typeof second === 'string' ? [second] : []), ...stepIdsOf(nested)];
  });
  return [...new Set(ids)];
}

/** Liquid's own messages are written for authors and end in line and column; those of other errors are not. */
function describe(error: unknown): string {
  if (error instanceof RangeError) return 'it nests too deeply or grows too large';
  if (!(error instanceof Error) || !('token' in error)) return 'it cannot be rendered';
  return (error.message.split('\n', 1)[0] ?? '').slice(0, 500).replace(/,?\s*file:\S*/, '');
}

function failed(reason: string, cause?: unknown): StepError {
  return new StepError({
    code: 'template.failed',
    message: `The template could not be filled in: ${reason}.`,
    retryable: false,
    cause,
  });
}
