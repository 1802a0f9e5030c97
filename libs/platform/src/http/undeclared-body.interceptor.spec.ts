import 'reflect-metadata';
import { Body, type ExecutionContext, Post } from '@nestjs/common';
import { EMPTY } from 'rxjs';
import { UndeclaredBodyInterceptor } from './undeclared-body.interceptor.js';

class RunsController {
  @Post('cancel')
  cancel(): void {
    return;
  }

  @Post('start')
  start(@Body() body: unknown): unknown {
    return body;
  }
}

function ask(handler: 'cancel' | 'start', body: unknown): unknown {
  const context = {
    getType: () => 'http',
    getHandler: () => RunsController.prototype[handler],
    getClass: () => RunsController,
    switchToHttp: () => ({ getRequest: () => ({ body }) }),
  };
  return new UndeclaredBodyInterceptor().intercept(context as unknown as ExecutionContext, { handle: () => EMPTY });
}

describe('UndeclaredBodyInterceptor', () => {
  it('refuses fields where the route reads none, and names the first', () => {
    expect(() => ask('cancel', { reason: 'late' })).toThrow(
      expect.objectContaining({ code: 'request.invalid', errors: [expect.objectContaining({ pointer: '/reason' })] }),
    );
  });

  it.each([[undefined], [{}], [[]]])('lets %j through, which says nothing', (body) => {
    expect(ask('cancel', body)).toBe(EMPTY);
  });

  it('leaves bodies that are read to the validation pipe', () => {
    expect(ask('start', { anything: 1 })).toBe(EMPTY);
  });
});
