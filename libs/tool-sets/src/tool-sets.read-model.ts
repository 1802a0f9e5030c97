import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import { namePrefix } from './tool-name.js';
import type { ToolSetTool } from './tool-set-tool.entity.js';
import { ToolSetToolsRepository } from './tool-set-tools.repository.js';
import type { ToolSet } from './tool-set.entity.js';
import { toolSetNotFound } from './tool-sets.errors.js';
import { ToolSetsRepository } from './tool-sets.repository.js';

/** Agents that are named to somebody who wants to delete a set. */
const MAX_AGENTS = 20;

/** A set with how many tools it has. */
export interface ListedToolSet {
  readonly set: ToolSet;
  readonly total: number;
  readonly enabled: number;
}

/** Tool sets as screens show them. */
@Injectable()
export class ToolSetsReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly sets: ToolSetsRepository,
    private readonly tools: ToolSetToolsRepository,
  ) {}

  /** All of them; there are few. */
  async list(): Promise<ListedToolSet[]> {
    const [sets, counts] = await this.database.transaction(async () => [
      await this.sets.list(),
      await this.tools.counts(),
    ]);
    const bySet = new Map(counts.map((count) => [count.toolSetId, count]));
    return sets.map((set) => {
      const { total = 0, enabled = 0 } = bySet.get(set.id) ?? {};
      return { set, total, enabled };
    });
  }

  /** @throws AppError not found */
  async get(id: string): Promise<{ set: ToolSet; tools: ToolSetTool[] }> {
    return this.database.transaction(async () => {
      const set = await this.sets.find(id);
      if (set === null) throw toolSetNotFound();
      return { set, tools: await this.tools.ofSet(id) };
    });
  }

  /** Names of agents whose published version has a tool of the set, at most twenty. */
  async agentsRunningWith(slug: string): Promise<string[]> {
    const rows = await this.database.transaction((manager) =>
      manager.query<{ name: string }[]>(
        `SELECT a.name FROM agent a
          WHERE a.org_id = $1 AND a.archived_at IS NULL
            AND EXISTS (SELECT 1 FROM agent_version v JOIN agent_node n ON n.org_id = v.org_id AND n.version_id = v.id
                         WHERE v.org_id = a.org_id AND v.agent_id = a.id AND v.number = a.published_version
                           AND strpos(n.config::text, $2) > 0)
          ORDER BY a.name, a.id LIMIT ${MAX_AGENTS}`,
        [OrgContext.require(), `"${namePrefix(slug)}`],
      ),
    );
    return rows.map(({ name }) => name);
  }
}
