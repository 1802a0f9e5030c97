import { currentPrincipal } from '#auth';
import { CredentialVault } from '#integrations';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { diffTools, statusOf } from './tool-set-diff.js';
import { ToolSetDiscovery } from './tool-set-discovery.js';
import type { ToolSetKind } from './tool-set-adapter.js';
import { ToolSetToolsRepository } from './tool-set-tools.repository.js';
import { credentialNotUsable, fieldInvalid, tooManyToolSets } from './tool-sets.errors.js';
import { ToolSetsRepository } from './tool-sets.repository.js';
import { MAX_SLUG, slugFrom } from './tool-name.js';

const MAX_TOOL_SETS = 50;

export interface NewToolSet {
  readonly kind: ToolSetKind;
  readonly name: string;
  /** Made from the name when absent. */
  readonly slug?: string;
  readonly url: string;
  readonly credentialId?: string | null;
  /** OpenAPI: its text, or where it can be fetched again. */
  readonly document?: string;
  readonly documentUrl?: string;
  /** OpenAPI: those that become tools, as the preview names them. */
  readonly operations?: readonly string[];
}

/** Brings tool sets in. Looking after them is `ToolSetChanges`'. */
@Injectable()
export class ToolSetsService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly sets: ToolSetsRepository,
    private readonly tools: ToolSetToolsRepository,
    private readonly discovery: ToolSetDiscovery,
    private readonly vault: CredentialVault,
  ) {}

  /**
   * Asks the other side first: a set that cannot be reached is not kept. Chosen operations begin switched on; the tools of a server
   * wait for somebody to look at them.
   * @returns the id
   * @throws AppError tool_set.invalid · tool_set.name_taken · tool_set.too_many · tool_set.unreachable · credential.not_found
   */
  async create(given: NewToolSet): Promise<string> {
    assertComplete(given);
    const { kind, name, url, credentialId = null, document, documentUrl, operations } = given;
    if (credentialId !== null) await assertUsable(this.vault, credentialId);
    const id = newId();
    const settings = kind === 'openapi' ? { ...(documentUrl !== undefined && { documentUrl }), operations } : {};
    const { tools: offered, leftOut } = await this.discovery.discover(kind, {
      id,
      name,
      url,
      credentialId,
      settings,
      document,
    });
    await this.database.transaction(async () => {
      if ((await this.sets.countToAdd()) >= MAX_TOOL_SETS) throw tooManyToolSets(MAX_TOOL_SETS);
      const slug = given.slug ?? freeSlug(name, await this.sets.findSlugs());
      const { added } = diffTools([], offered, { toolSetId: id, slug, areChosen: kind === 'openapi' });
      const createdByUserId = currentPrincipal().userId;
      const checked = { status: statusOf(added), lastError: null, leftOut, checkedAt: new Date() };
      await this.sets.add(id, { kind, name, slug, url, credentialId, settings, createdByUserId, ...checked });
      await this.tools.addAll(added);
    });
    return id;
  }
}

/** @throws AppError credential.not_found, also for one that whoever is asking may not use */
export async function assertUsable(vault: CredentialVault, credentialId: string): Promise<void> {
  if (!(await vault.findUsable([credentialId])).has(credentialId)) throw credentialNotUsable();
}

function assertComplete({ kind, url, document, documentUrl, operations }: NewToolSet): void {
  const given = { document, documentUrl, operations };
  if (kind === 'mcp') {
    const [extra] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
    if (extra !== undefined) throw fieldInvalid(`/${extra}`, 'unexpected', 'An MCP server tells its tools by itself.');
    return;
  }
  if (/[?#]/.test(url)) throw fieldInvalid('/url', 'url', 'A base URL has neither a query nor a fragment.');
  if ((document === undefined) === (documentUrl === undefined)) {
    throw fieldInvalid('/document', 'required', 'Give the text of the OpenAPI document or its address, one of both.');
  }
  if (operations === undefined || operations.length === 0) {
    throw fieldInvalid('/operations', 'required', 'Choose the operations that become tools.');
  }
}

function freeSlug(name: string, taken: ReadonlySet<string>): string {
  const base = slugFrom(name);
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base.slice(0, MAX_SLUG - 3).replace(/_$/, '')}_${number}`;
    if (!taken.has(slug)) return slug;
  }
}
