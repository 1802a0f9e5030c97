import { hostRuleOf } from '../hosts/host-rule.js';
import type { CredentialField, FieldValues } from './credential-kind.js';

export const secret = (name: string, title: string, more: Partial<CredentialField> = {}): CredentialField => ({
  name,
  title,
  type: 'secret',
  required: true,
  ...more,
});

export const text = (name: string, title: string, more: Partial<CredentialField> = {}): CredentialField => ({
  name,
  title,
  type: 'text',
  required: true,
  ...more,
});

/** Where the service is; the preset when left empty. */
export const baseUrl = (preset: string | null, more: Partial<CredentialField> = {}): CredentialField => ({
  name: 'baseUrl',
  title: 'Base URL',
  type: 'url',
  required: preset === null,
  binds: true,
  ...(preset !== null && { placeholder: preset, description: 'Only for an installation of your own or a proxy.' }),
  ...more,
});

/** Without a slash at the end. */
export function baseUrlOf({ baseUrl: given }: FieldValues, preset = ''): string {
  return (given ?? preset).replace(/\/+$/, '');
}

/** The rule for the base URL; none while it is no URL, which the check of the field says. */
export function hostOfBaseUrl(values: FieldValues, preset = ''): readonly string[] {
  const url = baseUrlOf(values, preset);
  return URL.canParse(url) ? [hostRuleOf(url)] : [];
}

export const bearer = (token: string | null | undefined): Readonly<Record<string, string>> =>
  token ? { authorization: `Bearer ${token}` } : {};

/** The client that an organisation has registered at a service, for signing in by OAuth. */
export const oauthClient = (required: boolean): readonly CredentialField[] => [
  text('clientId', 'OAuth client ID', { required }),
  secret('clientSecret', 'OAuth client secret', { required }),
];
