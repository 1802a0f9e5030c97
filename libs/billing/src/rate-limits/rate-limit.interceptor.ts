import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import type { Observable } from 'rxjs';
import { currentPrincipal } from '#auth';
import { tooManyRequests } from '../billing.errors.js';
import { type RateWindow, WINDOW_SECONDS } from './rate-window.js';
import { RateLimits } from './rate-limits.js';

/** Counts the request for whoever asks, says on every answer what is left, and refuses what is too much. */
@Injectable()
export class RateLimitInterceptor implements NestInterceptor {
  constructor(private readonly limits: RateLimits) {}

  /** @throws AppError limited */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { orgId, userId } = currentPrincipal();
    const subject = { orgId, userId };
    const window = await this.limits.countRequest(subject);
    if (window === null) return next.handle();
    tell(context.switchToHttp().getResponse<Response>(), window);
    if (!window.granted) throw tooManyRequests(subject, window);
    return next.handle();
  }
}

/** By the IETF's draft (`RateLimit`, `RateLimit-Policy`) and in the older form that many clients read. */
function tell(response: Response, { limit, remaining, resetsAt, resetsInSeconds }: RateWindow): void {
  response.setHeader('RateLimit-Policy', `"requests";q=${limit};w=${WINDOW_SECONDS}`);
  response.setHeader('RateLimit', `"requests";r=${remaining};t=${resetsInSeconds}`);
  response.setHeader('X-RateLimit-Limit', String(limit));
  response.setHeader('X-RateLimit-Remaining', String(remaining));
  response.setHeader('X-RateLimit-Reset', String(Math.ceil(resetsAt.getTime() / 1000)));
}
