import { CpuMeter } from '../cpu-meter.js';
import type { Scope } from '../node-kind.js';
import { StepError } from '../step-error.js';
import { TEMPLATE_LIMITS, templateEngine } from './template-engine.js';

/** How often a rendering may begin that the machine does not let work. */
const MOST_ROUNDS = 10;

/** A Liquid template over `input`, `steps` and `vars`, parsed once. */
export interface Template {
  readonly source: string;
  /** The ids behind `steps.<id>`, as far as they can be read from the text. */
  readonly stepIds: readonly string[];
  /** First names of everything that it reads from its scope, in the order of the text: `input` of `input.name`. */
  readonly variables: readonly string[];
  /** @throws StepError `template.failed` */
  render(scope: Scope | Readonly<Record<string, unknown>>): string;
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
  if (!source.includes('{{') && !source.includes('{%')) {
    return { source, stepIds: [], variables: [], render: () => source };
  }
  try {
    const parsed = templateEngine.parse(source);
    const read = templateEngine.globalVariableSegmentsSync(parsed, { partials: false });
    return {
      source,
      stepIds: stepIdsOf(read),
      variables: variablesOf(read),
      render: (scope) => render(parsed, scope),
    };
  } catch (error) {
    throw new TemplateSyntaxError(describe(error));
  }
}

function render(parsed: ReturnType<typeof templateEngine.parse>, scope: Parameters<Template['render']>[0]): string {
  const text = renderInTime(parsed, scope);
  if (text.length > TEMPLATE_LIMITS.outputLength) {
    throw failed(`the text is longer than ${TEMPLATE_LIMITS.outputLength} characters`);
  }
  return text;
}

/** The limit is one of time that has passed; a rendering that was only kept from working begins again. */
function renderInTime(parsed: Parameters<typeof render>[0], scope: Parameters<typeof render>[1]): string {
  for (let round = 1; ; round += 1) {
    const cpu = new CpuMeter();
    try {
      return templateEngine.renderSync(parsed, scope) as string;
    } catch (error) {
      if (!isOutOfTime(error)) throw failed(describe(error), error);
      if (cpu.usedMs >= TEMPLATE_LIMITS.renderMs || round === MOST_ROUNDS) {
        throw failed(`it takes longer than ${TEMPLATE_LIMITS.renderMs} ms`, error);
      }
    }
  }
}

/** As liquidjs says it, from wherever it notices. */
function isOutOfTime(error: unknown): boolean {
  return error instanceof Error && error.message.includes('template render limit exceeded');
}

function stepIdsOf(variables: readonly (readonly unknown[])[]): string[] {
  const ids = variables.flatMap((segments) => {
    const nested = segments.filter((segment) => Array.isArray(segment)) as (readonly unknown[])[];
    const [first, second] = segments;
    return [...(first === 'steps' && typeof second === 'string' ? [second] : []), ...stepIdsOf(nested)];
  });
  return [...new Set(ids)];
}

/** A computed part, as in `prices[country]`, reads variables of its own. */
function variablesOf(read: readonly (readonly unknown[])[]): string[] {
  const names = read.flatMap((segments) => {
    const nested = segments.filter((segment) => Array.isArray(segment)) as (readonly unknown[])[];
    const [first] = segments;
    return [...(typeof first === 'string' ? [first] : []), ...variablesOf(nested)];
  });
  return [...new Set(names)];
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
