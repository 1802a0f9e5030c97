import { currentPrincipal } from '#auth';
import { CredentialVault } from '#integrations';
import { StepError } from '#kernel';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { ToolRegistry } from './tool-registry.js';
import type { Tool } from './tool.js';
import { argumentsInvalid, credentialNotUsable, permissionMissing, toolFailed, toolNotFound } from './tools.errors.js';

/** Tools run by hand: one call, outside any run, so without an effect ledger. */
@Injectable()
export class ToolsService {
  constructor(
    private readonly registry: ToolRegistry,
    private readonly vault: CredentialVault,
  ) {}

  list(): Promise<readonly Tool[]> {
    return this.registry.list();
  }

  /** @param credentialId one that whoever is asking may use; others are not there */
  async run(name: string, args: Readonly<Record<string, unknown>>, credentialId?: string): Promise<unknown> {
    const [tool, found] = await Promise.all([this.registry.get(name), this.registry.find(name)]);
    if (tool === undefined || found === undefined) throw toolNotFound();
    const { permission } = tool;
    if (permission !== undefined && !currentPrincipal().permissions.has(permission))
      throw permissionMissing(permission);
    const problems = found.check(args);
    if (problems.length > 0) throw argumentsInvalid(problems);
    if (credentialId !== undefined && !(await this.vault.findUsable([credentialId])).has(credentialId)) {
      throw credentialNotUsable();
    }
    try {
      const { signal } = new AbortController();
      const usedBy = `Tool ${name}, run by hand`;
      return await this.registry.run(name, args, { signal, idempotencyKey: newId(), credentialId, usedBy });
    } catch (error) {
      throw error instanceof StepError ? toolFailed(error) : error;
    }
  }
}
