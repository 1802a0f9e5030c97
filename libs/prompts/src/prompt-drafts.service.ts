import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { checkPrompt, type PromptCheck } from './content/check-prompt.js';
import { hashContent, type PromptContent } from './content/prompt-content.js';
import type { Prompt } from './prompt.entity.js';
import { DraftProblemsError, promptArchived, promptChanged, promptNotFound } from './prompts.errors.js';
import { PromptsRepository } from './prompts.repository.js';
import { PromptHistoryService } from './versions/prompt-history.service.js';

/** A draft and what is to be said of it. */
export interface CheckedDraft extends PromptCheck {
  /** Read with its draft. */
  readonly prompt: Prompt;
}

/** The one text of a prompt that people edit. It may be wrong for as long as they need. */
@Injectable()
export class PromptDraftsService {
  constructor(
    private readonly prompts: PromptsRepository,
    private readonly history: PromptHistoryService,
    private readonly database: OrgDatabase,
  ) {}

  async get(promptId: string): Promise<CheckedDraft> {
    const prompt = await this.prompts.findWithDraft(promptId);
    if (!prompt) throw promptNotFound();
    return { prompt, ...checkPrompt(prompt.draft) };
  }

  /**
   * Keeps the draft, and says so even when it is wrong: nobody's work is lost because it is unfinished.
   * @param expectedRevision the revision that was edited; null to overwrite whatever there is
   * @throws DraftProblemsError after it was saved; AppError `prompt.draft.changed`, `prompt.archived`
   */
  async save(promptId: string, content: PromptContent, expectedRevision: number | null): Promise<CheckedDraft> {
    const draft = await this.replace(promptId, expectedRevision, () => Promise.resolve(content));
    if (draft.problems.length > 0) throw new DraftProblemsError(draft.prompt.draftRevision, draft.problems);
    return draft;
  }

  /** Makes what an earlier version says the draft; what the draft was is gone. */
  restore(promptId: string, number: number, expectedRevision: number | null): Promise<CheckedDraft> {
    return this.replace(promptId, expectedRevision, async () => (await this.history.get(promptId, number)).content);
  }

  /** One transaction that other changes of the prompt wait for; `read` gives the new content inside of it. */
  private replace(
    promptId: string,
    expectedRevision: number | null,
    read: () => Promise<PromptContent>,
  ): Promise<CheckedDraft> {
    return this.database.transaction(async () => {
      const prompt = await this.prompts.lockWithDraft(promptId);
      if (!prompt) throw promptNotFound();
      if (prompt.archivedAt) throw promptArchived(prompt.name);
      if (expectedRevision !== null && expectedRevision !== prompt.draftRevision)
        throw promptChanged('draft', prompt.draftRevision);
      const draft = await read();
      await this.prompts.saveDraft(promptId, { draft, draftHash: hashContent(draft) });
      return this.get(promptId);
    });
  }
}
