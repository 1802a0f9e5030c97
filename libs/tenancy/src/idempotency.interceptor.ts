import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { AppError, conflict } from '#platform/errors';
import { OrgContext } from './org-context.js';
import { OrgDatabase } from './org-database.js';

interface KeptAnswer {
  request_hash: string;
  status_code: number;
  response: unknown;
}

/**
 * Claim, work and answer are one transaction: either all of them are there, or none. A failed request keeps nothing, so
 * its key may be used again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly database: OrgDatabase) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = readIdempotencyKey(request);
    if (key === undefined) return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    return from(this.database.transaction((manager) => this.once(manager, key, request, response, next)));
  }

  private async once(
    manager: EntityManager,
    key: string,
    request: Request,
    response: Response,
    next: CallHandler,
  ): Promise<unknown> {
    const orgId = OrgContext.require();
    const hash = requestHash(request);
    const [lock] = await manager.query<{ free: boolean }[]>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "free"',
      [`${orgId}:${key}`],
    );
    if (!lock?.free)
      throw conflict(
        'idempotency.in_flight',
        'A request with this Idempotency-Key is still running. Ask again shortly.',
        { retryable: true },
      );

    const [kept] = await manager.query<KeptAnswer[]>(
      'SELECT request_hash, status_code, response FROM idempotency_key WHERE org_id = $1 AND key = $2 AND expires_at > now()',
      [orgId, key],
    );
    if (kept) {
      refuseOtherRequest(kept.request_hash, hash);
      response.status(kept.status_code).setHeader('Idempotent-Replayed', 'true');
      return kept.response;
    }
    const answer: unknown = await lastValueFrom(next.handle());
    await manager.query(
      `INSERT INTO idempotency_key (org_id, key, request_hash, status_code, response) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (org_id, key) DO UPDATE SET request_hash = excluded.request_hash, status_code = excluded.status_code,
         response = excluded.response, created_at = now(), expires_at = excluded.expires_at`,
      [orgId, key, hash, response.statusCode, JSON.stringify(answer ?? null)],
    );
    return answer;
  }
}

/** The caller's key, or undefined when there is none. @throws AppError malformed when it is not usable */
export function readIdempotencyKey(request: Request): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length >= 1 && key.length <= 255) return key;
  throw new AppError('malformed', 'idempotency.key', 'Idempotency-Key must be 1 to 255 characters.');
}

/** Fingerprint of what was asked; the same key with another one is a mistake of the caller. */
export function requestHash(request: Request): string {
  return createHash('sha256')
    .update(`${request.method} ${request.path}\n${JSON.stringify(request.body ?? null)}`)
    .digest('base64url');
}

/** @throws AppError invalid when the key was used for something else */
export function refuseOtherRequest(keptHash: string, hash: string): void {
  if (keptHash !== hash) {
    throw new AppError(
      'invalid',
      'idempotency.other_request',
      'This Idempotency-Key was used with another request. Use a new key.',
    );
  }
}
