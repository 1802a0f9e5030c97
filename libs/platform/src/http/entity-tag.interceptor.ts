import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { AppError } from '../errors/index.js';

/**
 * Sends the `revision` of an answer as its ETag. So does an error that knows one, such as that of a draft which was
 * saved although it is wrong: without the new tag its editor could not save again.
 */
@Injectable()
export class EntityTagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    const tag = (answer: unknown): void => {
      const revision = revisionOf(answer);
      if (revision !== undefined) response.setHeader('ETag', `"${revision}"`);
    };
    return next.handle().pipe(
      tap({
        next: tag,
        error: (error: unknown) => {
          if (error instanceof AppError) tag(error);
        },
      }),
    );
  }
}

function revisionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { revision } = value as { revision?: unknown };
  return typeof revision === 'number' ? revision : undefined;
}
