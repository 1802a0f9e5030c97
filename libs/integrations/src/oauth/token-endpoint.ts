import { Inject, Injectable } from '@nestjs/common';
import { AppError, unavailable } from '#platform/errors';
import { EgressError } from '#platform/egress';
import type { OAuthTokens } from '../credential-secrets.js';
import { INTEGRATIONS_EGRESS, type IntegrationsEgress } from '../integrations-egress.js';
import { signInRefused } from '../integrations.errors.js';
import type { OAuthEndpoints } from '../kinds/credential-kind.js';

const LIMITS = { totalMs: 20_000, maxResponseBytes: 256 * 1024 };
const MAX_TOKEN = 16_000;
/** What no service means: a year in seconds is the longest that is believed. */
const LONGEST_LIFETIME_S = 366 * 24 * 3_600;

export interface GrantedTokens extends OAuthTokens {
  /** Null when they do not expire. */
  readonly expiresAt: Date | null;
}

/** Asks a service for tokens (RFC 6749, 4.1.3 and 6). What it answers is a stranger's word: only tokens are taken from it. */
@Injectable()
export class TokenEndpoint {
  constructor(@Inject(INTEGRATIONS_EGRESS) private readonly egress: IntegrationsEgress) {}

  /** @throws AppError oauth.refused, or unavailable when trying again may help */
  exchange(
    oauth: OAuthEndpoints,
    { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
  ): Promise<GrantedTokens> {
    return this.ask(oauth, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
  }

  /** Keeps the refresh token where the service gives no new one. @throws AppError as `exchange` */
  async renew(oauth: OAuthEndpoints, refreshToken: string): Promise<GrantedTokens> {
    const tokens = await this.ask(oauth, { grant_type: 'refresh_token', refresh_token: refreshToken });
    return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
  }

  private async ask(oauth: OAuthEndpoints, fields: Readonly<Record<string, string>>): Promise<GrantedTokens> {
    const { clientId, clientSecret, clientAuth = 'post', resource } = oauth;
    const isInForm = clientSecret !== null && clientAuth === 'post';
    const isInHeader = clientSecret !== null && !isInForm;
    const form = new URLSearchParams({
      ...fields,
      ...(!isInHeader && { client_id: clientId }),
      ...(isInForm && { client_secret: clientSecret }),
      ...(resource !== undefined && { resource }),
    });
    const answer = await this.send(oauth.tokenUrl, form.toString(), {
      ...(isInHeader && { authorization: basic(clientId, clientSecret) }),
    });
    if (answer.status >= 500 || answer.status === 429) {
      throw unavailable(
        'oauth.unavailable',
        `The service answered the sign-in with status ${answer.status}. Try again.`,
      );
    }
    return tokensIn(answer);
  }

  private async send(
    url: string,
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: Buffer }> {
    try {
      return await this.egress.request({
        url,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body,
        // A client secret goes to the address that was entered and to no other.
        redirect: 'manual',
        limits: LIMITS,
      });
    } catch (error) {
      if (error instanceof EgressError) {
        throw new AppError(error.code === 'egress.blocked' ? 'forbidden' : 'unavailable', error.code, error.message, {
          retryable: error.retryable,
        });
      }
      throw error;
    }
  }
}

/** RFC 6749, 2.3.1: both are encoded as in a form first. */
function basic(clientId: string, clientSecret: string): string {
  const encoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
  return `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64')}`;
}

function tokensIn({ status, body }: { status: number; body: Buffer }): GrantedTokens {
  const said = parsed(body);
  const accessToken = token(said['access_token']);
  if (status >= 300 || accessToken === null) throw signInRefused(reasonIn(said, status));
  const seconds = Number(said['expires_in']);
  const expires = Number.isFinite(seconds) && seconds > 0 && said['expires_in'] !== null;
  return {
    accessToken,
    refreshToken: token(said['refresh_token']),
    expiresAt: expires ? new Date(Date.now() + Math.min(seconds, LONGEST_LIFETIME_S) * 1_000) : null,
  };
}

function parsed(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(body.toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Something that can stand in a header, and no address of anything. */
function token(value: unknown): string | null {
  if (typeof value !== 'string' || value === '' || value.length > MAX_TOKEN) return null;
  return /^[\u0021-\u007e]+$/.test(value) && !/^(javascript|data|vbscript):/i.test(value) ? value : null;
}

/** The error code of RFC 6749, 5.2, when it is one; nothing else that a stranger says is repeated. */
function reasonIn(said: Readonly<Record<string, unknown>>, status: number): string {
  const { error } = said;
  return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : `status ${status}`;
}
