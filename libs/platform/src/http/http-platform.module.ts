import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { SETTINGS, type Settings } from '../config/index.js';
import { CursorCodec } from './cursor.js';
import { ProblemFilter } from './problem.filter.js';
import { UndeclaredBodyInterceptor } from './undeclared-body.interceptor.js';

@Global()
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: UndeclaredBodyInterceptor },
    {
      provide: CursorCodec,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => new CursorCodec(settings.auth.jwtSecret ?? ''),
    },
  ],
  exports: [CursorCodec],
})
export class HttpPlatformModule {}
