import type { Agent, UpdateAgent } from '@/shared/api/generated/schema';

/** The settings of an agent as they stand in their fields. */
export interface AgentSettingsValues {
  name: string;
  description: string;
  /** Digits; empty for no limit. */
  maxConcurrentRuns: string;
}

const MAX_RUNS = 100_000;

export function valuesOf({ name, description, maxConcurrentRuns }: Agent): AgentSettingsValues {
  return { name, description: description ?? '', maxConcurrentRuns: maxConcurrentRuns?.toString() ?? '' };
}

export function changeOf({ name, description, maxConcurrentRuns }: AgentSettingsValues): UpdateAgent {
  const limit = maxConcurrentRuns.trim();
  return {
    name: name.trim(),
    description: description.trim(),
    maxConcurrentRuns: limit === '' ? null : Number(limit),
  };
}

/** @returns what is wrong with a limit as it was typed; true when nothing is */
export function checkLimit(typed: string): string | true {
  const limit = typed.trim();
  if (limit === '') return true;
  const isInRange = /^\d+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_RUNS;
  return isInRange || 'Enter a whole number from 1 to 100,000, or nothing for no limit.';
}

const NAMES: readonly [keyof AgentSettingsValues, string][] = [
  ['name', 'Name'],
  ['description', 'Description'],
  ['maxConcurrentRuns', 'Runs at a time'],
];

/** What somebody else has changed, in the words of the form: name of the field and its value now. */
export function changedFields(before: Agent, now: Agent): [string, string][] {
  const [was, is] = [valuesOf(before), valuesOf(now)];
  return NAMES.filter(([field]) => was[field] !== is[field]).map(([field, name]) => [name, is[field]]);
}
