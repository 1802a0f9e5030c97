import type { Request, Response } from 'express';
import { SESSION_LIFETIME_MS } from './sessions.repository.js';

const NAME = 'af_refresh';
const PATH = '/api/v1/auth';

/** Keeps the refresh token where scripts cannot read it and other sites cannot send it. */
export const refreshCookie = {
  set(response: Response, token: string): void {
    response.cookie(NAME, token, { ...attributes(response), maxAge: SESSION_LIFETIME_MS });
  },

  clear(response: Response): void {
    response.clearCookie(NAME, attributes(response));
  },

  /** The token, or an empty text that no session has. */
  read(request: Request): string {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [name, value] = pair.split('=', 2);
      if (name?.trim() === NAME && value !== undefined) return value.trim();
    }
    return '';
  },
};

/** `request.secure` believes X-Forwarded-Proto only from trusted proxies. */
function attributes({ req: request }: Response): { httpOnly: true; sameSite: 'strict'; path: string; secure: boolean } {
  return { httpOnly: true, sameSite: 'strict', path: PATH, secure: request.secure };
}
