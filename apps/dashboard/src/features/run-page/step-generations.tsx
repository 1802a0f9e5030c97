import type { ReactNode } from 'react';
import { generationsQuery } from '@/features/models/model-queries';
import type { Generation } from '@/shared/api/generated/schema';
import { formatDuration } from '@/shared/format/format-duration';
import type { TimelineStep } from '@/shared/live/execution-timeline';
import { Badge } from '@/shared/ui/badge';
import { EmptyState } from '@/shared/ui/empty-state';
import { Money } from '@/shared/ui/money';
import { SimulatedLabel } from '@/shared/ui/simulated-label';
import { Tokens } from '@/shared/ui/tokens';
import { RecordList } from './record-list';

/** Kinds of steps that ask a model themselves. An agent asks by steps of its own below it. */
export const ASKS_A_MODEL: ReadonlySet<string> = new Set(['llm', 'classify', 'direct-call']);

/** Every attempt of a step at a model provider, in the order in which they were made. */
export function StepGenerations({ executionId, step }: { executionId: string; step: TimelineStep }) {
  if (step.status === 'running')
    return <p className="text-muted p-4">What was asked can be read once the step has ended.</p>;
  return (
    <RecordList
      // With every change of its state there may be more.
      key={`${step.status} ${step.finishedAt}`}
      query={generationsQuery(executionId, step.path)}
      what="model calls"
      keyOf={({ id }) => id}
      empty={
        <EmptyState title="No model was asked">
          The step ended before, or took its answer over from an earlier run.
        </EmptyState>
      }
    >
      {(generation) => <GenerationCard generation={generation} />}
    </RecordList>
  );
}

function GenerationCard({ generation }: { generation: Generation }) {
  const { model, attempt, call, fallback, simulated, errorCode, finishReason, usageFlag, guard } = generation;
  const { costMicroUsd, latencyMs, firstTokenMs, answeredBy, parameters, credentialId } = generation;
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = generation;
  const asked = parameterWords(parameters);
  return (
    <>
      <p className="flex flex-wrap items-center gap-1.5">
        <span className="min-w-0 font-medium break-all">{model}</span>
        {attempt > 1 && <Badge>{`Attempt ${attempt}`}</Badge>}
        {call > 0 && <Badge>{`Call ${call + 1}`}</Badge>}
        {fallback && <Badge tone="warning">Fallback</Badge>}
        {simulated && <SimulatedLabel />}
        {errorCode ? (
          <Badge tone="danger">{errorCode}</Badge>
        ) : (
          <Badge tone="success">{finishReason ?? 'answered'}</Badge>
        )}
      </p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm">
        <Fact name="Tokens">
          <Tokens usage={{ inputTokens, outputTokens, cachedInputTokens, costMicroUsd }} />
          {reasoningTokens > 0 && (
            <span className="text-muted"> · {reasoningTokens.toLocaleString('en-US')} reasoning</span>
          )}
        </Fact>
        <Fact name="Cost">
          <Money microUsd={costMicroUsd} />
        </Fact>
        <Fact name="Time">
          {formatDuration(latencyMs)}
          {firstTokenMs !== null && (
            <span className="text-muted"> · first token after {formatDuration(firstTokenMs)}</span>
          )}
        </Fact>
        {asked.length > 0 && <Fact name="Asked with">{asked.join(' · ')}</Fact>}
        {answeredBy && answeredBy !== model && <Fact name="Answered by">{answeredBy}</Fact>}
        {credentialId && <Fact name="Key">Your own</Fact>}
        {usageFlag && <Fact name="Count">{COUNTS[usageFlag]}</Fact>}
        {guard && (
          <Fact name="Guard">
            {guard.reasons.join(', ')} (score {guard.score} of 100, {ACTIONS[guard.action]})
          </Fact>
        )}
      </dl>
    </>
  );
}

function parameterWords({ temperature, topP, maxTokens }: Generation['parameters']): string[] {
  return [
    ...(temperature === undefined ? [] : [`temperature ${temperature}`]),
    ...(topP === undefined ? [] : [`top P ${topP}`]),
    ...(maxTokens === undefined ? [] : [`up to ${maxTokens.toLocaleString('en-US')} tokens`]),
  ];
}

const COUNTS = {
  estimated: 'The provider did not say how many tokens it used: these are counted here.',
  corrected: 'What the provider said could not be true: these tokens are counted here.',
};

const ACTIONS = { allow: 'let through', flag: 'marked', block: 'not sent' };

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
