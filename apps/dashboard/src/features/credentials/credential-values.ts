import type { Credential, CredentialKind, CredentialSharing } from '@/shared/api/generated/schema';

/** What the form holds. */
export interface CredentialValues {
  name: string;
  fields: Record<string, string>;
  /** One host a line. */
  allowedHosts: string;
  sharing: CredentialSharing;
}

/** What the form opens with; secrets are never there. */
export function openingValues(kind: CredentialKind, credential: Credential | null): CredentialValues {
  return {
    name: credential?.name ?? '',
    fields: Object.fromEntries(kind.fields.map(({ name }) => [name, credential?.fields[name] ?? ''])),
    allowedHosts: (credential?.allowedHosts ?? []).join('\n'),
    sharing: credential?.sharing ?? 'use',
  };
}

/** The body of a save. A secret that was left empty stays as it is; any other empty field is taken away. */
export function savedValues(kind: CredentialKind, values: CredentialValues, credential: Credential | null) {
  const fields = kind.fields.flatMap(({ name, type }): [string, string | null][] => {
    const value = (values.fields[name] ?? '').trim();
    if (value !== '') return [[name, value]];
    return credential === null || type === 'secret' ? [] : [[name, null]];
  });
  const hosts = hostsIn(values.allowedHosts);
  const sameHosts = hosts.join('\n') === (credential?.allowedHosts ?? []).join('\n');
  return {
    name: values.name.trim(),
    fields: Object.fromEntries(fields),
    sharing: values.sharing,
    // Hosts that nobody touched go on following from the fields.
    ...(!sameHosts && { allowedHosts: hosts }),
  };
}

const hostsIn = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
