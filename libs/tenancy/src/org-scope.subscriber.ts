import { type EntitySubscriberInterface, type InsertEvent, type RemoveEvent, type UpdateEvent } from 'typeorm';
import { newId } from '#platform/ids';
import { currentAmbient } from '#platform/context';
import { OrgScopedEntity } from './org-scoped.entity.js';

/**
 * Stamps inserts with id and organisation and refuses rows of another one. It cannot filter reads, and bulk statements
 * reach it without an entity: `OrgScopedRepository` guards those, and Postgres guards both of them.
 */
export class OrgScopeSubscriber implements EntitySubscriberInterface<OrgScopedEntity> {
  listenTo(): typeof OrgScopedEntity {
    return OrgScopedEntity;
  }

  beforeInsert({ entity }: InsertEvent<OrgScopedEntity>): void {
    entity.id ??= newId();
    const ambient = currentAmbient();
    if (ambient?.orgId === undefined && ambient?.acrossOrgs !== undefined && entity.orgId !== undefined) return;
    entity.orgId ??= ambient?.orgId as string;
    refuseForeign(entity);
  }

  beforeUpdate({ entity, databaseEntity }: UpdateEvent<OrgScopedEntity>): void {
    refuseForeign(entity);
    refuseForeign(databaseEntity);
  }

  beforeRemove({ entity, databaseEntity }: RemoveEvent<OrgScopedEntity>): void {
    refuseForeign(entity);
    refuseForeign(databaseEntity);
  }

  afterLoad(entity: OrgScopedEntity): void {
    refuseForeign(entity);
  }
}

function refuseForeign(row: { orgId?: string } | undefined): void {
  const ambient = currentAmbient();
  if (ambient?.acrossOrgs !== undefined || row?.orgId === undefined) return;
  if (row.orgId !== ambient?.orgId)
    throw new Error('A row of another organisation was touched; the statement is refused.');
}
