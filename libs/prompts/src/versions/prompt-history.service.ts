import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { checkPrompt } from '../content/check-prompt.js';
import { type ContentDiff, diffContents } from '../content/diff-contents.js';
import { hashContent, type PromptContent } from '../content/prompt-content.js';
import {
  nothingToPublish,
  promptArchived,
  promptInvalid,
  promptNotFound,
  promptVersionNotFound,
} from '../prompts.errors.js';
import { PromptsRepository } from '../prompts.repository.js';
import { PromptVersionsRepository, type VersionRecord, type VersionWithContent } from './prompt-versions.repository.js';

/** A version, or the draft that may become the next one. */
export type DiffSide = number | 'draft';

export interface VersionDiff {
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly diff: ContentDiff;
}

/** What was published when, by whom, and what it changed. */
@Injectable()
export class PromptHistoryService {
  constructor(
    private readonly prompts: PromptsRepository,
    private readonly versions: PromptVersionsRepository,
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
  ) {}

  /**
   * Makes the draft the next version. The lock on the prompt makes numbers gapless, and what is checked the same as
   * what is published.
   * @throws AppError `prompt.invalid` with pointers into the draft, `prompt.nothing_to_publish`, `prompt.archived`
   */
  publish(promptId: string, note = ''): Promise<VersionWithContent> {
    return this.database.transaction(async () => {
      const prompt = await this.prompts.lockWithDraft(promptId);
      if (!prompt) throw promptNotFound();
      if (prompt.archivedAt) throw promptArchived(prompt.name);
      const { problems } = checkPrompt(prompt.draft);
      if (problems.length > 0) throw promptInvalid(problems);
      const contentHash = hashContent(prompt.draft);
      if (prompt.publishedVersion !== null && prompt.publishedHash === contentHash)
        throw nothingToPublish(prompt.publishedVersion);

      const number = (prompt.publishedVersion ?? 0) + 1;
      const { userId } = currentPrincipal();
      await this.versions.add({ promptId, number, note, content: prompt.draft, contentHash, createdByUserId: userId });
      await this.prompts.recordPublication(promptId, number, contentHash);
      return this.get(promptId, number);
    });
  }

  async list(promptId: string, page: { limit: number; cursor?: string }): Promise<Page<VersionRecord>> {
    if (!(await this.prompts.findById(promptId))) throw promptNotFound();
    const list = `prompt-versions:${OrgContext.require()}:${promptId}`;
    // Numbers say the order better than moments do: two publications may share one.
    const below = page.cursor === undefined ? null : Number(this.cursors.decode(list, page.cursor).at);
    const rows = await this.versions.listPage(promptId, below, page.limit);
    return this.cursors.page(list, rows, page.limit, ({ id, number }) => ({ at: String(number), id }));
  }

  async get(promptId: string, number: number): Promise<VersionWithContent> {
    const version = await this.versions.findByNumber(promptId, number);
    if (!version) throw promptVersionNotFound();
    return version;
  }

  async diff(promptId: string, from: DiffSide, to: DiffSide): Promise<VersionDiff> {
    const before = await this.contentOf(promptId, from);
    const after = await this.contentOf(promptId, to);
    return { from, to, diff: diffContents(before, after) };
  }

  async contentOf(promptId: string, side: DiffSide): Promise<PromptContent> {
    if (side !== 'draft') return (await this.get(promptId, side)).content;
    const prompt = await this.prompts.findWithDraft(promptId);
    if (!prompt) throw promptNotFound();
    return prompt.draft;
  }
}
