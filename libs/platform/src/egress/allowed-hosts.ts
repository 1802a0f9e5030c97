import { blocked, type EgressPhase, quote } from './egress.errors.js';

/** @throws EgressError when `host` is none of `allowHosts` (exact names, or `*.example.com` for every name below it). */
export function checkAllowedHost(host: string, allowHosts: readonly string[] | undefined, phase: EgressPhase): void {
  if (!allowHosts || allowHosts.some((pattern) => covers(pattern.toLowerCase(), host))) return;
  throw blocked(
    `${quote(host)} is not among the hosts this request may reach; add it to the allowed hosts of the credential or step.`,
    phase,
  );
}

function covers(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}
