import { z } from 'zod';

/** Fields that both forms have. What is listed as ignored says something to OpenAI's own service and nothing to ours. */
export const MAX_ITEMS = 2_000;

export const modelName = z.string().min(1).max(200);

/** Fields for OpenAI's own bookkeeping; taken and passed over, as every compatible service does. */
export const IGNORED = {
  metadata: z.record(z.string(), z.unknown()).nullish(),
  user: z.string().nullish(),
  store: z.boolean().nullish(),
  service_tier: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  prompt_cache_retention: z.string().nullish(),
};

export const temperature = z.number().min(0).max(2).nullish();
export const topP = z.number().gt(0).max(1).nullish();
export const maxTokens = z.int().min(1).max(1_000_000).nullish();

export const toolName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, 'a tool’s name is up to 64 letters, digits, _ and -');
export const parameters = z.record(z.string(), z.unknown());

/** Without `null`s, so that what is absent and what is null are one. */
export function given<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}

export function parsedArguments(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
