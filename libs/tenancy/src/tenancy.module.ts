import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Readiness } from '#platform/health';
import { SecretsModule } from '#platform/secrets';
import { acrossOrgs } from './across-orgs.js';
import { OrgDatabase } from './org-database.js';
import { OrgScopeSubscriber } from './org-scope.subscriber.js';
import { EncryptionKeyCheck } from './secrets/encryption-key-check.js';
import { OrgSecrets } from './secrets/org-secrets.js';

@Global()
@Module({
  imports: [SecretsModule],
  providers: [OrgDatabase, OrgSecrets, EncryptionKeyCheck],
  exports: [OrgDatabase, OrgSecrets],
})
export class TenancyModule {
  constructor(dataSource: DataSource, database: OrgDatabase, readiness: Readiness) {
    readiness.register('database', 'down', () =>
      acrossOrgs('probe of the database', () => database.transaction((manager) => manager.query('SELECT 1'))),
    );
    dataSource.subscribers.push(new OrgScopeSubscriber());
  }
}
