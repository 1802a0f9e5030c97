import type { Answer } from '../../support/clients/http-client.js';

/** What became of one attempt to have AgentFlow send something somewhere. */
export interface Outcome {
  /** `answered` when something came back from there. */
  readonly code: string;
  /** Everything that whoever tried was told. */
  readonly told: string;
}

/** Makes AgentFlow send something to an address, in every way that the feature has. */
export type Aim = (address: string) => Promise<readonly Outcome[]>;

/** A feature that calls what stands in one of its fields. */
export interface Feature {
  readonly aim: Aim;
  /** Takes so many requests that each way of writing an address is tried with some of these features, and not with all. */
  readonly isSlow: boolean;
}

/** Codes that say: this address is not called. */
const REFUSALS = new Set([
  'egress.blocked',
  'http.invalid_url',
  'request.invalid',
  'tool.arguments_invalid',
  'credential.fields_invalid',
  'credential.host_not_allowed',
]);

/** What is said where no code is: results that are kept with a callback or a credential. */
const REFUSING_WORDS =
  /private or reserved address|Only http and https|must not contain a user name|not a valid URL|names no host|Port 0|is an http\(s\) address/;

export function isRefusal({ code, told }: Outcome): boolean {
  return code !== 'answered' && (REFUSALS.has(code) || REFUSING_WORDS.test(told));
}

export function outcomeOf({ status, text }: Answer): Outcome {
  return status < 300 ? { code: 'answered', told: text } : { code: codeIn(text), told: text };
}

function codeIn(text: string): string {
  const { code, error } = JSON.parse(text) as { code?: string; error?: { code?: string } };
  return code ?? error?.code ?? 'unknown';
}
