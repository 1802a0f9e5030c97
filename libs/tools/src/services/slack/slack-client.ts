import { StepError } from '#kernel';
import { AppError } from '#platform/errors';
import type { WebClient } from '@slack/web-api';
import type { ToolEgress } from '../../tool-egress.js';
import { credentialedFetch } from '../credentialed-fetch.js';
import { serviceFailure, transportFailure, unreadable } from '../service-failure.js';
import type { ServiceCall } from '../service-tool.js';

const SLACK = 'https://slack.com/api';
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => 'error' as never,
  setName: () => undefined,
};

/** Slack's words for what cannot be done with this credential, whatever is asked. */
const REFUSALS =
  /^(not_authed|invalid_auth|account_inactive|token_revoked|token_expired|no_permission|missing_scope|ekm_access_denied)$/;

/** Asks Slack with its own SDK, which sends through the egress door. @throws StepError */
export async function askSlack<T>(
  egress: ToolEgress,
  { credential, signal }: ServiceCall,
  isWrite: boolean,
  ask: (slack: WebClient) => Promise<T>,
): Promise<T> {
  const { WebClient: Client } = await import('@slack/web-api');
  const slack = new Client(undefined, {
    slackApiUrl: `${(credential.fields['baseUrl'] ?? SLACK).replace(/\/+$/, '')}/`,
    fetch: credentialedFetch(egress, credential, { signal }),
    // Trying again is the step's to decide, which knows about effects.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silent,
  });
  try {
    return await ask(slack);
  } catch (error) {
    throw asFailure(error, isWrite);
  }
}

interface SlackError {
  readonly code?: string;
  readonly original?: unknown;
  readonly retryAfter?: number;
  readonly statusCode?: number;
  readonly data?: { readonly error?: unknown; readonly needed?: unknown };
}

function asFailure(error: unknown, isWrite: boolean): unknown {
  if (error instanceof StepError || error instanceof AppError) return transportFailure(error, isWrite);
  const { code, original, retryAfter, statusCode, data } = error as SlackError;
  if (code === 'slack_webapi_rate_limited_error') {
    return serviceFailure({ service: 'Slack', status: 429, said: '', retryAfter: String(retryAfter ?? ''), isWrite });
  }
  if (code === 'slack_webapi_platform_error') {
    const word = typeof data?.error === 'string' ? data.error : 'unknown_error';
    const needed = typeof data?.needed === 'string' ? ` (needs the scope ${data.needed})` : '';
    const status = REFUSALS.test(word) ? 403 : /_not_found$/.test(word) ? 404 : word === 'ratelimited' ? 429 : 400;
    return serviceFailure({ service: 'Slack', status, said: `${word}${needed}`, isWrite });
  }
  if (code === 'slack_webapi_http_error') {
    return serviceFailure({ service: 'Slack', status: statusCode ?? 500, said: '', isWrite });
  }
  const cause = original ?? error;
  const isKnown = cause instanceof StepError || cause instanceof AppError;
  return isKnown ? transportFailure(cause, isWrite) : unreadable('Slack', isWrite);
}
