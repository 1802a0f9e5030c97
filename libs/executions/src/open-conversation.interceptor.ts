import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { finalize, type Observable } from 'rxjs';
import { ExecutionsMetrics } from './executions.metrics.js';

/** Counts a request as an open conversation until it has been answered. */
@Injectable()
export class OpenConversationInterceptor implements NestInterceptor {
  constructor(private readonly metrics: ExecutionsMetrics) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    this.metrics.conversations.inc();
    return next.handle().pipe(finalize(() => this.metrics.conversations.dec()));
  }
}

/** A door whose caller waits for what an agent or model answers. */
export const OpenConversation = (): MethodDecorator & ClassDecorator =>
  applyDecorators(UseInterceptors(OpenConversationInterceptor));
