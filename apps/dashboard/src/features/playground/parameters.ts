/** Other model and parameters for the next turns, as they were typed. */
export interface Parameters {
  model: string;
  temperature: string;
  topP: string;
  maxTokens: string;
}

export const NO_PARAMETERS: Parameters = { model: '', temperature: '', topP: '', maxTokens: '' };

interface Bound {
  label: string;
  min: number;
  max: number;
  whole?: true;
}

export const BOUNDS: Record<Exclude<keyof Parameters, 'model'>, Bound> = {
  temperature: { label: 'Temperature', min: 0, max: 2 },
  topP: { label: 'Top P', min: 0.01, max: 1 },
  maxTokens: { label: 'Longest answer (tokens)', min: 1, max: 1_000_000, whole: true },
};

export function problemOf(name: keyof typeof BOUNDS, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const { min, max, whole } = BOUNDS[name];
  const value = Number(text);
  if (!Number.isFinite(value) || value < min || value > max || (whole && !Number.isInteger(value)))
    return `A ${whole ? 'whole ' : ''}number from ${min} to ${max.toLocaleString('en-US')}.`;
  return undefined;
}

/** What the server is told; undefined when everything is left to the agent. */
export function overridesOf(parameters: Parameters) {
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
  const overrides = {
    model: parameters.model.trim() || undefined,
    temperature: number(parameters.temperature),
    topP: number(parameters.topP),
    maxTokens: number(parameters.maxTokens),
  };
  return Object.values(overrides).some((value) => value !== undefined) ? overrides : undefined;
}

export function areRight(parameters: Parameters): boolean {
  return (['temperature', 'topP', 'maxTokens'] as const).every((name) => !problemOf(name, parameters[name]));
}
