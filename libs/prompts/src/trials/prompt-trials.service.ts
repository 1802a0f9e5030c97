import { currentPrincipal } from '#auth';
import { Injectable, Optional } from '@nestjs/common';
import { unavailable } from '#platform/errors';
import { checkPrompt } from '../content/check-prompt.js';
import type { PromptContent, PromptParameters } from '../content/prompt-content.js';
import { PromptNotRenderedError, renderPrompt, type RenderedPrompt } from '../content/render-prompt.js';
import { mayNotStartRuns, promptInvalid, variablesInvalid } from '../prompts.errors.js';
import { PromptHistoryService } from '../versions/prompt-history.service.js';
import { TryRun, type TryRunRequest } from './try-run.js';

/** A prompt to be filled in: a version, or words that nobody has saved. */
export type PromptSource = { readonly draft: PromptContent } | { readonly promptId: string; readonly version: number };

export type Values = Readonly<Record<string, unknown>>;

/** One of those that are tried beside each other. */
export interface Candidate {
  readonly source: PromptSource;
  readonly model: string;
  readonly parameters: PromptParameters;
}

export interface Trial extends RenderedPrompt {
  readonly executionId: string;
  /** An earlier request with the same key has started its run. */
  readonly replayed: boolean;
}

/** Fills prompts in and asks models with them, so that people see what they do before agents use them. */
@Injectable()
export class PromptTrialsService {
  constructor(
    private readonly history: PromptHistoryService,
    @Optional() private readonly runs?: TryRun,
  ) {}

  /** @throws AppError `prompt.invalid`, `prompt.variables_invalid`, `prompt_version.not_found` */
  async render(source: PromptSource, variables: Values): Promise<RenderedPrompt> {
    return rendered(await this.contentOf(source), variables, { content: '/draft', variables: '' });
  }

  /**
   * Each candidate becomes a run of its own. All are filled in before the first of them starts: what is wrong with one
   * starts none.
   * @param idempotency the caller's key: the same one tries nothing twice
   * @throws AppError as `render` does, and as a start of a run does; the pointer names the candidate
   */
  async try(
    candidates: readonly Candidate[],
    variables: Values,
    idempotency?: TryRunRequest['idempotency'],
  ): Promise<readonly Trial[]> {
    if (!currentPrincipal().permissions.has('executions:start')) throw mayNotStartRuns();
    const { runs } = this;
    if (!runs) throw unavailable('prompt.cannot_try', 'This installation has nothing to run prompts with.');
    const asked: { candidate: Candidate; words: RenderedPrompt }[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const content = await this.contentOf(candidate.source);
      const values = onlyDeclared(content, variables);
      const words = rendered(content, values, { content: `/candidates/${index}/draft`, variables: '' });
      asked.push({ candidate, words });
    }
    const trials: Trial[] = [];
    for (const [index, { candidate, words }] of asked.entries()) {
      const { executionId, replayed } = await runs.run({
        system: words.system,
        prompt: words.user,
        model: candidate.model,
        parameters: candidate.parameters,
        promptRef:
          'draft' in candidate.source ? null : { id: candidate.source.promptId, version: candidate.source.version },
        ...(idempotency && { idempotency: ofCandidate(idempotency, index) }),
      });
      trials.push({ ...words, executionId, replayed });
    }
    return trials;
  }

  private async contentOf(source: PromptSource): Promise<PromptContent> {
    return 'draft' in source ? source.draft : this.history.contentOf(source.promptId, source.version);
  }
}

/** Each candidate's run has a key of its own, made of the caller's. */
function ofCandidate(
  { key, requestHash }: NonNullable<TryRunRequest['idempotency']>,
  index: number,
): NonNullable<TryRunRequest['idempotency']> {
  return { key: index === 0 ? key : `${key} (candidate ${index + 1})`, requestHash };
}

/** Candidates share one table of values, and not all of them need all. */
function onlyDeclared({ variables }: PromptContent, values: Values): Values {
  const names = new Set(variables.map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function rendered(
  content: PromptContent,
  variables: Values,
  parents: { readonly content: string; readonly variables: string },
): RenderedPrompt {
  const { problems } = checkPrompt(content);
  if (problems.length > 0) throw promptInvalid(problems, parents.content);
  try {
    return renderPrompt(content, variables);
  } catch (error) {
    if (!(error instanceof PromptNotRenderedError)) throw error;
    throw variablesInvalid(error.problems, parents.variables);
  }
}
