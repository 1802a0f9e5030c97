import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { AppError } from '../errors/index.js';

/** How Nest numbers a `@Body()` parameter in a route's metadata. */
const BODY_PARAMETER = '3:';

/**
 * Refuses fields where a route reads none, as the validation pipe does where it reads some: nobody may believe that what
 * they sent was heard. `{}` is no field, and clients that always send a body send that.
 */
@Injectable()
export class UndeclaredBodyInterceptor implements NestInterceptor {
  private readonly readers = new WeakMap<object, boolean>();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() === 'http' && !this.readsBody(context)) {
      const [field] = Object.keys((context.switchToHttp().getRequest<Request>().body as object | undefined) ?? {});
      if (field !== undefined) {
        throw new AppError('malformed', 'request.invalid', 'This request takes no body. Send it without one.', {
          errors: [
            {
              pointer: `/${field}`,
              code: 'unknown_field',
              message: `${field} is not a field of this request. Remove it.`,
            },
          ],
        });
      }
    }
    return next.handle();
  }

  private readsBody(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const known = this.readers.get(handler);
    if (known !== undefined) return known;
    const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as object | undefined;
    const reads = Object.keys(parameters ?? {}).some((key) => key.startsWith(BODY_PARAMETER));
    this.readers.set(handler, reads);
    return reads;
  }
}
