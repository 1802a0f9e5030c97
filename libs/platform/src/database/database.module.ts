import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Database } from './open-database.js';

/** Injects the whole {@link Database}. */
export const DATABASE = Symbol('database');

/** Provides the open database. Whoever opened it closes it, after everything that uses it. */
@Module({})
export class DatabaseModule {
  static forRoot(database: Database): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: DataSource, useValue: database.dataSource },
        { provide: DATABASE, useValue: database },
      ],
      exports: [DataSource, DATABASE],
    };
  }
}
