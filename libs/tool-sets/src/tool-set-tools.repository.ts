import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { ToolSetTool } from './tool-set-tool.entity.js';

export type ToolValues = Omit<ToolSetTool, 'orgId' | 'createdAt' | 'updatedAt'>;

@Injectable()
export class ToolSetToolsRepository extends OrgScopedRepository<ToolSetTool> {
  constructor(database: OrgDatabase) {
    super(database, ToolSetTool);
  }

  /** By name. */
  ofSet(toolSetId: string): Promise<ToolSetTool[]> {
    return this.findMany({ where: { toolSetId }, order: { name: 'ASC' } });
  }

  /** How many tools each set has, and how many of them are switched on. */
  counts(): Promise<{ readonly toolSetId: string; readonly total: number; readonly enabled: number }[]> {
    return this.statement(
      `SELECT tool_set_id AS "toolSetId", count(*)::int AS total, count(*) FILTER (WHERE enabled)::int AS enabled
         FROM tool_set_tool WHERE org_id = $1 GROUP BY tool_set_id`,
      [this.filter()],
    );
  }

  async addAll(tools: readonly ToolValues[]): Promise<void> {
    await this.insertRows(tools);
  }

  async change(
    id: string,
    changes: Partial<Omit<ToolValues, 'id' | 'toolSetId' | 'remoteName' | 'name'>>,
  ): Promise<void> {
    const values = changes as QueryDeepPartialEntity<ToolSetTool>;
    await this.updateRows({ id }, { ...values, updatedAt: () => 'now()' });
  }

  async removeAll(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.deleteRows({ id: In([...ids]) });
  }
}
