import { Injectable } from '@nestjs/common';
import type { Cursor } from '#platform/http';
import { isId } from '#platform/ids';
import { OrgContext, OrgDatabase, OrgScopedRepository } from '#tenancy';
import { QueryFailedError } from 'typeorm';
import type { PromptContent } from './content/prompt-content.js';
import { Prompt } from './prompt.entity.js';
import { promptNameTaken } from './prompts.errors.js';

export interface PromptFilter {
  readonly archived: boolean;
  /** Part of the name or description, in any case. */
  readonly search?: string;
}

/** A prompt of a list, with its exact place in it. */
export interface ListedPrompt {
  readonly prompt: Prompt;
  readonly at: string;
}

/** The new state of a draft, as it is kept. */
export interface DraftValues {
  readonly draft: PromptContent;
  readonly draftHash: string;
}

@Injectable()
export class PromptsRepository extends OrgScopedRepository<Prompt> {
  constructor(database: OrgDatabase) {
    super(database, Prompt);
  }

  /** @throws AppError `prompt.name_taken` */
  add(values: Pick<Prompt, 'name' | 'description' | 'draft' | 'draftHash' | 'createdByUserId'>): Promise<Prompt> {
    return refuseTakenName(
      values.name,
      this.insertRow({ ...values, publishedVersion: null, publishedHash: null, archivedAt: null }),
    );
  }

  count(): Promise<number> {
    return this.countRows();
  }

  findById(id: string): Promise<Prompt | null> {
    return isId(id) ? this.findFirst({ id }) : Promise.resolve(null);
  }

  async findWithDraft(id: string): Promise<Prompt | null> {
    if (!isId(id)) return null;
    return this.select('prompt', (query) =>
      query.addSelect('prompt.draft').andWhere('prompt.id = :id', { id }).getOne(),
    );
  }

  /** Whoever wants to change the same prompt, or publish an agent with it, waits until the open transaction has ended. */
  async lockWithDraft(id: string): Promise<Prompt | null> {
    if (!isId(id)) return null;
    return this.select('prompt', (query) =>
      query.addSelect('prompt.draft').andWhere('prompt.id = :id', { id }).setLock('pessimistic_write').getOne(),
    );
  }

  /** Newest first; one row more than `limit` when there are more. */
  listPage({ archived, search }: PromptFilter, after: Cursor | null, limit: number): Promise<ListedPrompt[]> {
    return this.select('prompt', async (query) => {
      query
        .addSelect('prompt.created_at::text', 'at')
        .andWhere(`prompt.archived_at IS ${archived ? 'NOT NULL' : 'NULL'}`);
      if (search) {
        query.andWhere('(prompt.name ILIKE :search OR prompt.description ILIKE :search)', {
          search: `%${escapeLike(search)}%`,
        });
      }
      if (after) query.andWhere('(prompt.created_at, prompt.id) < (:at::timestamptz, :id::uuid)', after);
      query
        .orderBy('prompt.createdAt', 'DESC')
        .addOrderBy('prompt.id', 'DESC')
        .limit(limit + 1);
      const { entities, raw } = await query.getRawAndEntities<{ at: string }>();
      return entities.map((prompt, index) => ({ prompt, at: raw[index]?.at ?? '' }));
    });
  }

  /** Those of these names that are taken. */
  async findNames(names: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.statement<{ name: string }>(
      'SELECT name FROM prompt WHERE org_id = $1 AND name = ANY ($2::text[])',
      [OrgContext.require(), names],
    );
    return new Set(rows.map(({ name }) => name));
  }

  /** Changes what the prompt's ETag stands for. @throws AppError `prompt.name_taken` */
  async change(id: string, patch: Partial<Pick<Prompt, 'name' | 'description' | 'archivedAt'>>): Promise<void> {
    await refuseTakenName(
      patch.name ?? '',
      this.updateRows({ id }, { ...patch, revision: () => 'revision + 1', updatedAt: () => 'now()' }),
    );
  }

  async saveDraft(id: string, { draft, draftHash }: DraftValues): Promise<void> {
    await this.statement(
      `UPDATE prompt SET draft = $3, draft_hash = $4, draft_revision = draft_revision + 1, draft_updated_at = now()
        WHERE org_id = $1 AND id = $2`,
      [OrgContext.require(), id, JSON.stringify(draft), draftHash],
    );
  }

  async recordPublication(id: string, publishedVersion: number, publishedHash: string): Promise<void> {
    await this.updateRows(
      { id },
      { publishedVersion, publishedHash, draftHash: publishedHash, updatedAt: () => 'now()' },
    );
  }

  async remove(id: string): Promise<void> {
    await this.deleteRows({ id });
  }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`);
}

async function refuseTakenName<T>(name: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof QueryFailedError) {
      const { code, constraint } = error.driverError as { code?: string; constraint?: string };
      if (code === '23505' && constraint === 'prompt_org_id_name_key') throw promptNameTaken(name);
    }
    throw error;
  }
}
