import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Readiness } from '#platform/health';
import { acrossOrgs } from './across-orgs.js';
import { OrgDatabase } from './org-database.js';
import { OrgScopeSubscriber } from './org-scope.subscriber.js';

@Global()
@Module({
  providers: [OrgDatabase],
  exports: [OrgDatabase],
})
export class TenancyModule {
  constructor(dataSource: DataSource, database: OrgDatabase, readiness: Readiness) {
    readiness.register('database', 'down', () =>
      acrossOrgs('probe of the database', () => database.transaction((manager) => manager.query('SELECT 1'))),
    );
    dataSource.subscribers.push(new OrgScopeSubscriber());
  }
}
