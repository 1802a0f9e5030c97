import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OrgDatabase } from './org-database.js';
import { OrgScopeSubscriber } from './org-scope.subscriber.js';

@Global()
@Module({
  providers: [OrgDatabase],
  exports: [OrgDatabase],
})
export class TenancyModule {
  constructor(dataSource: DataSource) {
    dataSource.subscribers.push(new OrgScopeSubscriber());
  }
}
