import type { NextFunction, Request, Response } from 'express';
import { newId } from '../ids/index.js';
import { runWith } from '../context/index.js';

const ACCEPTABLE_ID = /^[A-Za-z0-9._-]{8,128}$/;

/** Opens the request's surroundings: a request id (the caller's own when it is harmless) that every line and problem carries. */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && ACCEPTABLE_ID.test(given) ? given : newId();
  response.setHeader('X-Request-Id', requestId);
  runWith({ requestId }, next);
}
