import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { RateLimitInterceptor } from './rate-limit.interceptor.js';

/** A door that starts model work: the request counts against the minute of whoever asks. List 429 among its problems. */
export const RateLimited = (): MethodDecorator => applyDecorators(UseInterceptors(RateLimitInterceptor));
