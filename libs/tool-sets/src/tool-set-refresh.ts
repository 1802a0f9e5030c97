import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { LOGGER, type Logger } from '#platform/logging';
import { OrgContext, OrgDatabase } from '#tenancy';
import { diffTools, statusOf } from './tool-set-diff.js';
import { type Discovered, discoveryFailure, ToolSetDiscovery } from './tool-set-discovery.js';
import { ToolSetToolsRepository } from './tool-set-tools.repository.js';
import type { ToolSet } from './tool-set.entity.js';
import { documentRequired, fieldInvalid, toolSetNotFound } from './tool-sets.errors.js';
import { ToolSetsRepository } from './tool-sets.repository.js';

/** A server that says with every call that its tools are others is asked so often and not more. */
const SOONEST_MS = 30_000;
const MAX_REMEMBERED = 1_000;

export interface RefreshRequest {
  /** The document's new text, for sets that came from one. */
  readonly document?: string;
  /** The operations that the set has from now on; those that it has when absent. */
  readonly operations?: readonly string[];
}

/** Finds out what has become of a set's tools, and switches off what is not as somebody has reviewed it. */
@Injectable()
export class ToolSetRefresh {
  private readonly askedAt = new Map<string, number>();

  constructor(
    private readonly database: OrgDatabase,
    private readonly sets: ToolSetsRepository,
    private readonly tools: ToolSetToolsRepository,
    private readonly discovery: ToolSetDiscovery,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws AppError not found · tool_set.document_required · tool_set.unreachable, noted at the set · as the adapter */
  async refresh(id: string, { document, operations }: RefreshRequest = {}): Promise<void> {
    const set = await this.sets.find(id);
    if (set === null) throw toolSetNotFound();
    assertFits(set, { document, operations });
    const settings = operations === undefined ? set.settings : { ...set.settings, operations };
    const { kind, name, url, credentialId } = set;
    let discovered: Discovered;
    try {
      discovered = await this.discovery.discover(kind, { id, name, url, credentialId, settings, document });
    } catch (error) {
      // What somebody has just pasted says nothing about the other side.
      if (document === undefined) await this.noteFailure(id, error);
      throw error;
    }
    await this.apply(id, discovered, { settings, chosen: operations });
  }

  /**
   * The other side has said that its tools are others now. Asks it soon, without anybody waiting: the organisation in
   * context is the set's.
   */
  markChanged(id: string): void {
    const now = Date.now();
    if (now - (this.askedAt.get(id) ?? -Infinity) < SOONEST_MS) return;
    if (this.askedAt.size >= MAX_REMEMBERED) this.askedAt.clear();
    this.askedAt.set(id, now);
    void OrgContext.run(OrgContext.require(), () => this.refresh(id)).catch((error: unknown) => {
      if (!(error instanceof AppError)) this.logger.error({ err: error, toolSetId: id }, 'tool set not refreshed');
    });
  }

  private async apply(
    id: string,
    { tools: offered, leftOut }: Discovered,
    { settings, chosen }: { settings: ToolSet['settings']; chosen?: readonly string[] },
  ): Promise<void> {
    await this.database.transaction(async () => {
      const set = await this.sets.lock(id);
      if (set === null) throw toolSetNotFound();
      const before = await this.tools.ofSet(id);
      const areChosen = chosen !== undefined;
      const { added, changed, gone, removed } = diffTools(before, offered, {
        toolSetId: id,
        slug: set.slug,
        areChosen,
      });
      const notChosen = areChosen
        ? before.filter((tool) => !chosen.includes(tool.remoteName)).map((tool) => tool.id)
        : [];
      await this.tools.removeAll([...new Set([...removed, ...notChosen])]);
      for (const tool of changed) await this.tools.change(tool.id, tool.changes);
      for (const tool of gone) await this.tools.change(tool, { enabled: false, goneAt: new Date() });
      await this.tools.addAll(added);
      const status = statusOf(await this.tools.ofSet(id));
      await this.sets.change(id, { settings, status, lastError: null, leftOut, checkedAt: new Date() });
    });
  }

  private async noteFailure(id: string, error: unknown): Promise<void> {
    await this.sets.change(id, {
      status: 'unreachable',
      lastError: discoveryFailure(error),
      checkedAt: new Date(),
    });
  }
}

/** @throws AppError tool_set.document_required · tool_set.invalid */
function assertFits({ kind, settings }: ToolSet, { document, operations }: RefreshRequest): void {
  if (kind === 'openapi') {
    if (document === undefined && typeof settings['documentUrl'] !== 'string') throw documentRequired();
    return;
  }
  if (document !== undefined) throw fieldInvalid('/document', 'unexpected', 'An MCP server has no document.');
  if (operations !== undefined) throw fieldInvalid('/operations', 'unexpected', 'An MCP server has no operations.');
}
