import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { hashContent, type PromptContent, STARTER_CONTENT } from './content/prompt-content.js';
import { checkPrompt } from './content/check-prompt.js';
import type { Prompt } from './prompt.entity.js';
import { PromptUses } from './prompt-uses.js';
import {
  promptArchived,
  promptChanged,
  promptInUse,
  promptInvalid,
  promptNotFound,
  tooManyPrompts,
} from './prompts.errors.js';
import { type PromptFilter, PromptsRepository } from './prompts.repository.js';

const MAX_PROMPTS = 2_000;
/** How many users of a prompt a refusal names. */
const NAMED_USES = 5;
export const MAX_PROMPT_NAME_LENGTH = 64;

export interface NewPrompt {
  /** Free in the organisation. */
  readonly name: string;
  readonly description?: string;
  /** The first draft, which must be right; a small working one when absent. */
  readonly draft?: PromptContent;
}

/** What is absent stays as it is. */
export interface PromptPatch {
  readonly name?: string;
  readonly description?: string;
}

/** The prompt itself: what it is called, and whether it is still in use. */
@Injectable()
export class PromptsService {
  constructor(
    private readonly prompts: PromptsRepository,
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
    private readonly uses: PromptUses,
  ) {}

  /** @throws AppError `prompt.name_taken`, `prompt.too_many`, `prompt.invalid` with pointers below `/draft` */
  async create({ name, description = '', draft = STARTER_CONTENT }: NewPrompt): Promise<Prompt> {
    const { problems } = checkPrompt(draft);
    if (problems.length > 0) throw promptInvalid(problems, '/draft');
    return this.add(name, description, draft);
  }

  async list(filter: PromptFilter, page: { limit: number; cursor?: string }): Promise<Page<Prompt>> {
    const list = `prompts:${OrgContext.require()}`;
    const after = page.cursor === undefined ? null : this.cursors.decode(list, page.cursor);
    const rows = await this.prompts.listPage(filter, after, page.limit);
    const listed = this.cursors.page(list, rows, page.limit, ({ prompt, at }) => ({ at, id: prompt.id }));
    return { ...listed, data: listed.data.map(({ prompt }) => prompt) };
  }

  async get(id: string): Promise<Prompt> {
    const prompt = await this.prompts.findById(id);
    if (!prompt) throw promptNotFound();
    return prompt;
  }

  /**
   * Renaming is refused while agents run with it: their drafts call it by its name.
   * @param expectedRevision the revision that the change was made from; null to change whatever there is
   */
  update(id: string, patch: PromptPatch, expectedRevision: number | null): Promise<Prompt> {
    return this.changeLocked(id, async (prompt) => {
      if (prompt.archivedAt) throw promptArchived(prompt.name);
      if (expectedRevision !== null && expectedRevision !== prompt.revision)
        throw promptChanged('prompt', prompt.revision);
      const { name = prompt.name, description = prompt.description } = patch;
      if (name !== prompt.name) await this.refuseWhileUsed(prompt);
      await this.prompts.change(id, { name, description });
    });
  }

  /** Keeps everything and takes it out of use. Archiving twice is archiving once. @throws AppError `prompt.in_use` */
  archive(id: string): Promise<Prompt> {
    return this.changeLocked(id, async (prompt) => {
      if (prompt.archivedAt) return;
      await this.refuseWhileUsed(prompt);
      await this.prompts.change(id, { archivedAt: new Date() });
    });
  }

  unarchive(id: string): Promise<Prompt> {
    return this.changeLocked(id, async (prompt) => {
      if (prompt.archivedAt) await this.prompts.change(id, { archivedAt: null });
    });
  }

  /** With all its versions, for good. @throws AppError `prompt.in_use` */
  delete(id: string): Promise<void> {
    return this.database.transaction(async () => {
      const prompt = await this.prompts.lockWithDraft(id);
      if (!prompt) throw promptNotFound();
      await this.refuseWhileUsed(prompt);
      await this.prompts.remove(id);
    });
  }

  /** A new, unpublished prompt with the same draft, right or wrong. @param name a free one like the original's when absent */
  async duplicate(id: string, name?: string): Promise<Prompt> {
    const original = await this.prompts.findWithDraft(id);
    if (!original) throw promptNotFound();
    return this.add(name ?? (await this.freeName(original.name)), original.description, original.draft);
  }

  private add(name: string, description: string, draft: PromptContent): Promise<Prompt> {
    return this.database.transaction(async () => {
      if ((await this.prompts.count()) >= MAX_PROMPTS) throw tooManyPrompts(MAX_PROMPTS);
      const { userId } = currentPrincipal();
      return this.prompts.add({ name, description, draft, draftHash: hashContent(draft), createdByUserId: userId });
    });
  }

  private async freeName(name: string): Promise<string> {
    const names = ['copy', ...Array.from({ length: 98 }, (_none, index) => `copy-${index + 2}`)].map(
      (end) => `${name.slice(0, MAX_PROMPT_NAME_LENGTH - 1 - end.length)}-${end}`,
    );
    const taken = await this.prompts.findNames(names);
    return names.find((each) => !taken.has(each)) ?? (names[0] as string);
  }

  private async refuseWhileUsed({ id, name }: Prompt): Promise<void> {
    const uses = await this.uses.find(id, NAMED_USES + 1);
    if (uses.length > 0) throw promptInUse(name, uses.slice(0, NAMED_USES), uses.length > NAMED_USES);
  }

  private changeLocked(id: string, change: (prompt: Prompt) => Promise<void>): Promise<Prompt> {
    return this.database.transaction(async () => {
      const prompt = await this.prompts.lockWithDraft(id);
      if (!prompt) throw promptNotFound();
      await change(prompt);
      return this.get(id);
    });
  }
}
