import type { TryCandidate } from '@/shared/api/generated/schema';
import type { WholeContent, WholeVariable } from './prompt-content';

/** What stands in one column before it is tried. */
export interface CandidateChoice {
  /** Tells columns apart while they come and go. */
  key: number;
  source: number | 'draft';
  model: string;
  temperature: number | undefined;
  maxTokens: number | undefined;
}

export const MOST_CANDIDATES = 4;
export const LEAST_CANDIDATES = 2;
const FALLBACK_MODEL = 'simulated/offline';

/** The draft beside the newest version, or beside itself when there is none: two to begin with. */
export function firstCandidates(draft: WholeContent, publishedVersion: number | null): CandidateChoice[] {
  const from = { model: draft.model ?? FALLBACK_MODEL, ...parametersOf(draft) };
  return [
    { key: 0, source: 'draft', ...from },
    { key: 1, source: publishedVersion ?? 'draft', ...from },
  ];
}

function parametersOf({ parameters }: WholeContent): Pick<CandidateChoice, 'temperature' | 'maxTokens'> {
  return { temperature: parameters.temperature, maxTokens: parameters.maxTokens };
}

/** One more column, like the last. */
export function withOneMore(candidates: readonly CandidateChoice[]): CandidateChoice[] {
  const last = candidates.at(-1) as CandidateChoice;
  return [...candidates, { ...last, key: Math.max(...candidates.map(({ key }) => key)) + 1 }];
}

/** What the API is asked. @param content the words that the choice names */
export function toRequest(choice: CandidateChoice, promptId: string, content: WholeContent): TryCandidate {
  const { source, model, temperature, maxTokens } = choice;
  const { topP } = content.parameters;
  return {
    ...(source === 'draft' ? { draft: content } : { promptId, version: source }),
    model: model.trim(),
    parameters: {
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(maxTokens !== undefined && { maxTokens }),
    },
  };
}

/** All variables of these contents by name, in the order in which they come first. */
export function allVariables(contents: readonly WholeContent[]): WholeVariable[] {
  const byName = new Map<string, WholeVariable>();
  for (const variable of contents.flatMap(({ variables }) => variables)) {
    if (variable.name !== '' && !byName.has(variable.name)) byName.set(variable.name, variable);
  }
  return [...byName.values()];
}

export function wordsOf(source: number | 'draft'): string {
  return source === 'draft' ? 'Draft' : `Version ${source}`;
}
