import { CredentialVault } from '#integrations';
import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { statusOf } from './tool-set-diff.js';
import type { ToolApproval, ToolSetTool } from './tool-set-tool.entity.js';
import { ToolSetToolsRepository, type ToolValues } from './tool-set-tools.repository.js';
import { fieldInvalid, toolChanged, toolGone, toolSetInUse, toolSetNotFound } from './tool-sets.errors.js';
import { ToolSetsReadModel } from './tool-sets.read-model.js';
import { ToolSetsRepository } from './tool-sets.repository.js';
import { assertUsable } from './tool-sets.service.js';

export interface ToolChange {
  readonly id: string;
  readonly enabled?: boolean;
  readonly approval?: ToolApproval;
  readonly effect?: 'read' | 'write';
  /** Of what the person has looked at: it counts as reviewed from now on. Needed to switch on what is new or has changed. */
  readonly contentHash?: string;
}

export interface ToolSetChange {
  readonly name?: string;
  /** Null takes it away. */
  readonly credentialId?: string | null;
  readonly tools?: readonly ToolChange[];
}

/** What people decide about the tool sets that there are. */
@Injectable()
export class ToolSetChanges {
  constructor(
    private readonly database: OrgDatabase,
    private readonly sets: ToolSetsRepository,
    private readonly tools: ToolSetToolsRepository,
    private readonly lists: ToolSetsReadModel,
    private readonly vault: CredentialVault,
  ) {}

  /** All of it or nothing. @throws AppError not found · tool_set.name_taken · tool_set.tool_changed · tool_set.tool_gone · credential.not_found */
  async update(id: string, { name, credentialId, tools = [] }: ToolSetChange): Promise<void> {
    if (typeof credentialId === 'string') await assertUsable(this.vault, credentialId);
    await this.database.transaction(async () => {
      const set = await this.sets.lock(id);
      if (set === null) throw toolSetNotFound();
      const known = new Map((await this.tools.ofSet(id)).map((tool) => [tool.id, tool]));
      for (const [index, change] of tools.entries()) {
        const tool = known.get(change.id);
        if (tool === undefined) throw fieldInvalid(`/tools/${index}/id`, 'unknown', 'The set has no such tool.');
        const changes = changesOf(tool, change, `/tools/${index}`);
        await this.tools.change(tool.id, changes);
        known.set(tool.id, { ...tool, ...changes });
      }
      await this.sets.change(id, {
        ...(name !== undefined && { name }),
        ...(credentialId !== undefined && { credentialId }),
        ...(set.status !== 'unreachable' && { status: statusOf([...known.values()]) }),
      });
    });
  }

  /** @throws AppError not found · tool_set.in_use */
  async delete(id: string): Promise<void> {
    await this.database.transaction(async () => {
      const set = await this.sets.lock(id);
      if (set === null) throw toolSetNotFound();
      const agents = await this.lists.agentsRunningWith(set.slug);
      if (agents.length > 0) throw toolSetInUse(agents);
      await this.sets.remove(id);
    });
  }
}

function changesOf(
  tool: ToolSetTool,
  { enabled, approval, effect, contentHash }: ToolChange,
  pointer: string,
): Partial<ToolValues> {
  if (contentHash !== undefined && contentHash !== tool.contentHash) throw toolChanged(tool.name);
  const isReviewed = contentHash !== undefined || tool.approvedHash === tool.contentHash;
  if (enabled === true) {
    if (tool.goneAt !== null) throw toolGone(tool.name);
    if (!isReviewed) {
      const message = `Say which state of the tool ${tool.name} you have looked at.`;
      throw fieldInvalid(`${pointer}/contentHash`, 'required', message);
    }
  }
  return {
    ...(enabled !== undefined && { enabled }),
    ...(approval !== undefined && { approval }),
    ...(effect !== undefined && { effect }),
    ...(contentHash !== undefined && { approvedHash: contentHash, approvedContent: null }),
  };
}
