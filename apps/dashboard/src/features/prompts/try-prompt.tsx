import { useQueries } from '@tanstack/react-query';
import { Play, Plus, Square } from 'lucide-react';
import { useId, useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { executionsCancel, promptsTry } from '@/shared/api/generated/operations';
import type { Trial } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { Button } from '@/shared/ui/button';
import { ErrorState } from '@/shared/ui/error-state';
import { useShortcut } from '@/shared/ui/shortcuts';
import { toast } from '@/shared/ui/toaster';
import { CandidateFields } from './candidate-fields';
import { readAllTyped, wholeContent, type WholeContent } from './prompt-content';
import { promptVersionQuery } from './prompt-queries';
import { TrialColumn } from './trial-column';
import {
  allVariables,
  type CandidateChoice,
  firstCandidates,
  LEAST_CANDIDATES,
  MOST_CANDIDATES,
  toRequest,
  withOneMore,
  wordsOf,
} from './try-candidates';
import { VariableValues } from './variable-values';

export interface TryPromptProps {
  promptId: string;
  draft: WholeContent;
  /** Newest first. */
  versions: readonly number[];
}

/** What was tried last, with the column that each run belongs to. */
interface Tried {
  trials: readonly Trial[];
  choices: readonly CandidateChoice[];
}

/** One table of values, two to four candidates, and their runs as they answer. */
export function TryPrompt({ promptId, draft, versions }: TryPromptProps) {
  const [candidates, setCandidates] = useState(() => firstCandidates(draft, versions[0] ?? null));
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [showErrors, setShowErrors] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  const numbers = [...new Set(candidates.flatMap(({ source }) => (source === 'draft' ? [] : [source])))];
  const loaded = useQueries({ queries: numbers.map((number) => promptVersionQuery(promptId, number)) });
  const failed = loaded.find(({ isError }) => isError);
  const versionContents = loaded.flatMap(({ data }) => (data ? [wholeContent(data.content)] : []));
  const isLoading = loaded.some(({ isPending }) => isPending);
  const contentOf = (source: number | 'draft') => {
    const version = source === 'draft' ? undefined : loaded[numbers.indexOf(source)]?.data;
    return version ? wholeContent(version.content) : draft;
  };
  const usesDraft = candidates.some(({ source }) => source === 'draft');
  const variables = allVariables([...(usesDraft ? [draft] : []), ...versionContents]);
  const { values, errors } = readAllTyped(variables, typed);
  const valuesId = useId();

  const run = async () => {
    setShowErrors(true);
    if (Object.keys(errors).length > 0 || pending || isLoading) return;
    setPending(true);
    setProblem(null);
    try {
      const asked = candidates.map((candidate) => toRequest(candidate, promptId, contentOf(candidate.source)));
      const { data } = await promptsTry({ body: { candidates: asked, variables: values } });
      setTried({ trials: data, choices: candidates });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setPending(false);
    }
  };
  useShortcut('mod+Enter', () => void run(), { label: 'Try the candidates', group: 'Prompts' });

  const stop = () => {
    const ids = tried?.trials.map(({ executionId }) => executionId) ?? [];
    // Those that have ended already refuse, and need no stopping.
    void Promise.allSettled(ids.map((id) => executionsCancel({ id }))).then((answers) => {
      if (answers.every(({ status }) => status === 'rejected')) toast.info('Nothing was running any more.');
    });
  };

  if (failed) {
    return (
      <ErrorState
        title="A version could not be loaded"
        error={failed.error}
        onRetry={() => void loaded.map((each) => each.refetch())}
      />
    );
  }
  return (
    <div className="flex flex-col gap-6 p-4 sm:p-6">
      <section aria-labelledby={valuesId} className="flex max-w-3xl flex-col gap-3">
        <h2 id={valuesId} className="font-semibold">
          Values
        </h2>
        <VariableValues
          variables={variables}
          typed={typed}
          errors={showErrors ? errors : {}}
          onType={(name, text) => setTyped((before) => ({ ...before, [name]: text }))}
        />
      </section>
      <section aria-label="Candidates" className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="mr-auto font-semibold">Candidates</h2>
          <Button
            icon={<Plus />}
            disabled={candidates.length >= MOST_CANDIDATES}
            onClick={() => setCandidates(withOneMore)}
          >
            Add one
          </Button>
          {tried !== null && (
            <Button icon={<Square />} onClick={stop}>
              Stop
            </Button>
          )}
          <Button variant="primary" icon={<Play />} pending={pending || isLoading} onClick={() => void run()}>
            Try {candidates.length}
          </Button>
        </div>
        <p className="text-muted text-sm">Each becomes a run of its own, recorded and paid for like any other.</p>
        <FormProblem problem={problem} />
        <ul className="grid gap-4 sm:grid-cols-2 2xl:grid-cols-4">
          {candidates.map((candidate, index) => (
            <li key={candidate.key} className="bg-surface flex min-w-0 flex-col rounded-lg border">
              <CandidateFields
                candidate={candidate}
                index={index}
                versions={versions}
                removable={candidates.length > LEAST_CANDIDATES}
                onChange={(patch) =>
                  setCandidates((all) => all.map((each) => (each.key === candidate.key ? { ...each, ...patch } : each)))
                }
                onRemove={() => setCandidates((all) => all.filter(({ key }) => key !== candidate.key))}
              />
              <Answer tried={tried} candidate={candidate} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Answer({ tried, candidate }: { tried: Tried | null; candidate: CandidateChoice }) {
  const place = tried?.choices.findIndex(({ key }) => key === candidate.key) ?? -1;
  const trial = tried?.trials[place];
  const choice = tried?.choices[place];
  if (!trial || !choice) return <p className="text-muted border-t p-4 text-sm">Not tried yet.</p>;
  const isSame = choice.source === candidate.source && choice.model === candidate.model;
  return (
    <TrialColumn
      key={trial.executionId}
      trial={trial}
      label={`${wordsOf(choice.source)} with ${choice.model}`}
      isOutdated={!isSame}
    />
  );
}
