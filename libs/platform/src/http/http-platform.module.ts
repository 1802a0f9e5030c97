import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { SETTINGS, type Settings } from '../config/index.js';
import { CursorCodec } from './cursor.js';
import { ProblemFilter } from './problem.filter.js';

@Global()
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    {
      provide: CursorCodec,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => new CursorCodec(settings.auth.jwtSecret ?? ''),
    },
  ],
  exports: [CursorCodec],
})
export class HttpPlatformModule {}
