import { type DynamicModule, Inject, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import type { Settings } from './settings.js';

/** For factories; classes use {@link InjectSettings}. */
export const SETTINGS = Symbol('settings');

/** Injects the checked {@link Settings}; constructor parameter type `Settings`. */
export const InjectSettings = (): ParameterDecorator => Inject(SETTINGS);

/** Makes already checked settings available everywhere, typed, through `@nestjs/config`. */
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      imports: [ConfigModule.forRoot({ ignoreEnvFile: true, ignoreEnvVars: true, load: [() => ({ settings })] })],
      providers: [
        {
          provide: SETTINGS,
          inject: [ConfigService],
          useFactory: (config: ConfigService) => config.getOrThrow<Settings>('settings'),
        },
      ],
      exports: [SETTINGS],
    };
  }
}
