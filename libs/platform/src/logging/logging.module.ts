import { type DynamicModule, Inject, Module } from '@nestjs/common';
import type { Logger } from './logger.js';

/** For factories; classes use {@link InjectLogger}. */
export const LOGGER = Symbol('logger');

/** Injects the process's {@link Logger}. */
export const InjectLogger = (): ParameterDecorator => Inject(LOGGER);

@Module({})
export class LoggingModule {
  static forRoot(logger: Logger): DynamicModule {
    return {
      module: LoggingModule,
      global: true,
      providers: [{ provide: LOGGER, useValue: logger }],
      exports: [LOGGER],
    };
  }
}
