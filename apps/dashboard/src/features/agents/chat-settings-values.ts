import type { Agent, UpdateAgent } from '@/shared/api/generated/schema';

/** How an agent holds conversations, as it stands in the fields. */
export interface ChatSettingsValues {
  slug: string;
  whenBusy: 'reject' | 'queue' | 'interrupt' | 'rollback';
  /** Digits; empty to keep conversations. */
  keepDays: string;
  windowTokens: string;
}

export const WHEN_BUSY: readonly { value: ChatSettingsValues['whenBusy']; label: string }[] = [
  { value: 'reject', label: 'Refuse it' },
  { value: 'queue', label: 'Let it wait its turn' },
  { value: 'interrupt', label: 'Interrupt the answer, keep what was said' },
  { value: 'rollback', label: 'Take the last message back' },
];

export function chatValuesOf({ slug, chat }: Agent): ChatSettingsValues {
  const { whenBusy, keepDays, windowTokens } = chat;
  return { slug, whenBusy, keepDays: keepDays?.toString() ?? '', windowTokens: String(windowTokens) };
}

export function chatChangeOf({ slug, whenBusy, keepDays, windowTokens }: ChatSettingsValues): UpdateAgent {
  const days = keepDays.trim();
  return {
    slug: slug.trim(),
    chat: { whenBusy, keepDays: days === '' ? null : Number(days), windowTokens: Number(windowTokens) },
  };
}

/** @returns what is wrong with it as it was typed; true when nothing is */
export function checkSlug(typed: string): string | true {
  return (
    (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(typed.trim()) && typed.trim().length <= 64) ||
    'Lower-case letters and digits with single hyphens between them, at most 64.'
  );
}

export function checkDays(typed: string): string | true {
  return typed.trim() === '' || within(typed, 1, 3_650) || 'Enter whole days from 1 to 3,650, or nothing to keep them.';
}

export function checkWindow(typed: string): string | true {
  return within(typed, 500, 1_000_000) || 'Enter a whole number from 500 to 1,000,000.';
}

function within(typed: string, min: number, max: number): boolean {
  return /^\d+$/.test(typed.trim()) && Number(typed) >= min && Number(typed) <= max;
}
