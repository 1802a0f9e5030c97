import { StepError } from '#kernel';
import { AppError } from '#platform/errors';
import type { Octokit } from '@octokit/rest';
import type { ToolEgress } from '../../tool-egress.js';
import { credentialedFetch } from '../credentialed-fetch.js';
import { serviceFailure, transportFailure, unreadable } from '../service-failure.js';
import type { ServiceCall } from '../service-tool.js';

const GITHUB = 'https://api.github.com';
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Asks GitHub with its own SDK, which sends through the egress door. @throws StepError */
export async function askGitHub<T>(
  egress: ToolEgress,
  { credential, signal }: ServiceCall,
  isWrite: boolean,
  ask: (octokit: Octokit) => Promise<T>,
): Promise<T> {
  const { Octokit: Client } = await import('@octokit/rest');
  const octokit = new Client({
    baseUrl: (credential.fields['baseUrl'] ?? GITHUB).replace(/\/+$/, ''),
    userAgent: 'AgentFlow',
    log: silent,
    request: { fetch: credentialedFetch(egress, credential, { signal }), redirect: 'manual' },
  });
  try {
    return await ask(octokit);
  } catch (error) {
    throw asFailure(error, isWrite);
  }
}

interface GitHubError {
  readonly status?: number;
  readonly message?: string;
  readonly cause?: unknown;
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: unknown;
  };
}

function asFailure(error: unknown, isWrite: boolean): unknown {
  if (error instanceof StepError) return error;
  const { status, response, cause } = error as GitHubError;
  // The SDK wraps what its `fetch` has thrown as a status of 500 without a response.
  if (response === undefined) {
    const reason = cause ?? error;
    const isKnown = reason instanceof StepError || reason instanceof AppError;
    return isKnown ? transportFailure(reason, isWrite) : unreadable('GitHub', isWrite);
  }
  const headers = response.headers ?? {};
  const left = headers['x-ratelimit-remaining'];
  const resetAt = Number(headers['x-ratelimit-reset']);
  const isRateLimit = status === 403 && (String(left) === '0' || headers['retry-after'] !== undefined);
  const secondsLeft = Number.isFinite(resetAt) ? String(Math.max(1, Math.ceil(resetAt - Date.now() / 1_000))) : null;
  return serviceFailure({
    service: 'GitHub',
    status: status ?? 500,
    said: saidIn(response.data),
    retryAfter: headers['retry-after'] === undefined ? secondsLeft : String(headers['retry-after']),
    isRateLimit,
    isWrite,
  });
}

function saidIn(data: unknown): string {
  const { message, errors } = (data ?? {}) as { message?: unknown; errors?: unknown };
  const details = Array.isArray(errors)
    ? (errors as { field?: string; code?: string; message?: string }[]).map(
        ({ field, code, message: said }) => said ?? [field, code].filter(Boolean).join(' '),
      )
    : [];
  return [typeof message === 'string' ? message : '', ...details].filter((each) => each !== '').join('; ');
}
