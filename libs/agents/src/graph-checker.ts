import { CredentialVault } from '#integrations';
import type { Problem } from '#kernel';
import { Injectable } from '@nestjs/common';
import { PromptPins } from '#prompts';
import { credentialReferences } from './credential-references.js';
import { checkGraph, type GraphCheck } from './graph-check.js';
import type { GraphDocument } from './graph-document.js';
import { pinPrompts } from './prompt-references.js';

/**
 * What is wrong with a graph in this organisation and for whoever is asking: the kernel's word, the credentials, and the
 * prompts of the library. The graph in the answer has the prompts' texts in it.
 */
@Injectable()
export class GraphChecker {
  constructor(
    private readonly vault: CredentialVault,
    private readonly prompts: PromptPins,
  ) {}

  async check(document: GraphDocument): Promise<GraphCheck> {
    const pinned = await pinPrompts(document, this.prompts);
    const check = await checkGraph(pinned.document);
    const problems = [...(await this.credentialProblems(document)), ...pinned.problems];
    return problems.length === 0 ? check : { ...check, graph: null, problems: [...check.problems, ...problems] };
  }

  /** The same words for what never was, what is another organisation's and what is somebody else's private one. */
  private async credentialProblems(document: GraphDocument): Promise<readonly Problem[]> {
    const references = credentialReferences(document);
    if (references.length === 0) return [];
    const usable = await this.vault.findUsable([...new Set(references.map(({ id }) => id))]);
    return references
      .filter(({ id }) => !usable.has(id))
      .map(({ pointer }) => ({
        pointer,
        code: 'credential.not_found',
        message: 'There is no such credential that you may use: choose another one.',
      }));
  }
}
