import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { DraftProblemsError } from './agents.errors.js';
import { isRecord } from './is-record.js';

/**
 * Sends the `revision` of an answer as its ETag. So does a draft that was saved although it is wrong: without the new
 * tag its editor could not save again.
 */
@Injectable()
export class EntityTagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    const tag = (revision: number): unknown => response.setHeader('ETag', `"${revision}"`);
    return next.handle().pipe(
      tap({
        next: (answer: unknown) => {
          if (isRecord(answer) && typeof answer['revision'] === 'number') tag(answer['revision']);
        },
        error: (error: unknown) => {
          if (error instanceof DraftProblemsError) tag(error.revision);
        },
      }),
    );
  }
}
