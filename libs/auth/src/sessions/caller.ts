import type { Request, Response } from 'express';
import { networkOf } from '../attempt-limiter.js';
import type { Caller } from './accounts.service.js';
import { SessionResponse } from './dto/session-response.dto.js';
import { refreshCookie } from './refresh-cookie.js';
import type { SignedIn } from './sessions.service.js';

/** Where a request comes from; `request.ip` believes X-Forwarded-For only from trusted proxies. */
export function callerOf(request: Request): Caller {
  return { network: networkOf(request.ip), userAgent: request.headers['user-agent'] ?? null };
}

/** Puts the refresh token into the cookie, if there is a new one, and the rest into the body. */
export function answerSignedIn(response: Response, signedIn: SignedIn): SessionResponse {
  response.setHeader('Cache-Control', 'no-store');
  if (signedIn.refreshToken !== null) refreshCookie.set(response, signedIn.refreshToken);
  return SessionResponse.from(signedIn);
}
