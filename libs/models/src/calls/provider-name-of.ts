import type { CredentialSummary } from '#integrations';
import { PROVIDER_KINDS, type ProviderKind } from '#providers';

/** Services that speak OpenAI's dialect go by the name that people have given their credential. */
const NAMED_BY_PEOPLE: ProviderKind = 'openai-compatible';

const TAKEN = new Set<string>([...PROVIDER_KINDS, 'simulated']);

export function isProviderKind(kind: string): kind is ProviderKind {
  return (PROVIDER_KINDS as readonly string[]).includes(kind);
}

/**
 * What stands before the slash in `provider/model` for a credential: `My vLLM` is `my-vllm`.
 * @returns null for a credential that is no key of models, and for a name that leaves nothing or is another provider's
 */
export function providerNameOf({ kind, name }: Pick<CredentialSummary, 'kind' | 'name'>): string | null {
  if (!isProviderKind(kind)) return null;
  if (kind !== NAMED_BY_PEOPLE) return kind;
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' || TAKEN.has(slug) ? null : slug;
}
