import { Injectable } from '@nestjs/common';
import { compileTemplate } from '#kernel';
import { type NamedVersion, PromptVersionsRepository } from './versions/prompt-versions.repository.js';

/** How a node names a prompt: the newest version where it names none. */
export interface PromptReference {
  readonly name: string;
  readonly version?: number;
}

/** A version with all that a node needs in order to use it for ever. */
export interface PinnedPrompt {
  readonly id: string;
  readonly version: number;
  readonly system: string;
  readonly user: string;
  /** Names of the variables that must have a value: those that are required and used. */
  readonly required: readonly string[];
}

/** What a reference leads to, with every name that it may fill in. */
export type FoundPrompt =
  | { readonly is: 'found'; readonly pinned: PinnedPrompt; readonly variables: readonly string[] }
  | { readonly is: 'archived' | 'unpublished' | 'no_such_version' };

/** That the column can hold. */
const LARGEST_VERSION = 2_147_483_647;

/** Finds what agents name, so that publishing one can keep the text. */
@Injectable()
export class PromptPins {
  constructor(private readonly versions: PromptVersionsRepository) {}

  /**
   * In the order of the question; undefined where there is no prompt of that name. Inside a transaction, nobody
   * archives, renames or deletes what was found before it ends.
   */
  async find(references: readonly PromptReference[]): Promise<readonly (FoundPrompt | undefined)[]> {
    if (references.length === 0) return [];
    const asked = references.map(({ name, version = null }) => ({
      name,
      version: version === null ? null : Math.min(version, LARGEST_VERSION),
    }));
    const distinct = new Map(asked.map((each) => [keyOf(each.name, each.version), each]));
    const rows = await this.versions.findNamed([...distinct.values()]);
    const found = new Map(rows.map((row) => [keyOf(row.name, row.askedVersion), toFound(row)]));
    return asked.map(({ name, version }) => found.get(keyOf(name, version)));
  }
}

function toFound({ promptId, archived, publishedVersion, number, content }: NamedVersion): FoundPrompt {
  if (archived) return { is: 'archived' };
  if (publishedVersion === null) return { is: 'unpublished' };
  if (number === null || content === null) return { is: 'no_such_version' };
  const { system, user, variables } = content;
  const used = new Set([system, user].flatMap((text) => compileTemplate(text).variables));
  const required = variables.filter((variable) => variable.required && used.has(variable.name));
  return {
    is: 'found',
    pinned: { id: promptId, version: number, system, user, required: required.map(({ name }) => name) },
    variables: variables.map(({ name }) => name),
  };
}

function keyOf(name: string, version: number | null): string {
  return `${version ?? 'newest'}:${name}`;
}
