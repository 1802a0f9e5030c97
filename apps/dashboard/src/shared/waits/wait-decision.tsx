import { useEffect, useRef } from 'react';
import type { Wait } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Callout } from '@/shared/ui/callout';
import { CopyButton } from '@/shared/ui/copy-button';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Tooltip } from '@/shared/ui/tooltip';
import { Deadline } from './deadline';
import { DecisionForm } from './decision-form';
import { LargeValue } from '@/shared/ui/large-value';
import { PayloadView } from './payload-view';
import { useDecide } from './use-decide';
import { asksSomebody, decisionWord } from './wait-words';

export interface WaitDecisionProps {
  wait: Wait;
  /** Hears of the wait as it stands after a decision, one's own or somebody else's. */
  onKnown: (wait: Wait) => void;
}

/** What is asked, what it is about, until when, and the buttons that decide; or what was decided. */
export function WaitDecision({ wait, onKnown }: WaitDecisionProps) {
  const mayDecide = useCan('executions:decide');
  const deciding = useDecide(wait, onKnown);
  const outcome = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(wait.state === 'open');
  useEffect(() => {
    // The buttons are gone: the focus goes to what came of them.
    if (wasOpen.current && wait.state !== 'open') outcome.current?.focus();
    wasOpen.current = wait.state === 'open';
  }, [wait.state]);
  return (
    <div className="flex flex-col gap-4">
      {deciding.isConflict && deciding.problem && (
        <Callout
          tone="warning"
          announce
          title={
            deciding.problem.code === 'wait.payload_changed'
              ? 'What is to be decided has changed'
              : 'It was decided already'
          }
        >
          {deciding.problem.message}
        </Callout>
      )}
      {hasPayload(wait) && (
        <section aria-label="What it is about">
          {wait.large?.payload ? (
            <LargeValue executionId={wait.executionId} reference={wait.large.payload} label="payload">
              {(value) => <PayloadView value={value} label="payload" />}
            </LargeValue>
          ) : (
            <PayloadView value={wait.payload} label="payload" />
          )}
        </section>
      )}
      {wait.state === 'open' ? (
        <>
          {asksSomebody(wait) &&
            (mayDecide ? (
              <DecisionForm key={`${wait.id} ${wait.payloadHash}`} wait={wait} deciding={deciding} />
            ) : (
              <p className="text-muted">Owners, admins and editors can decide this.</p>
            ))}
          <div className="text-muted flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            {wait.dueAt && <Deadline at={wait.dueAt} />}
            {asksSomebody(wait) && <PayloadHash hash={wait.payloadHash} />}
          </div>
        </>
      ) : (
        <div ref={outcome} tabIndex={-1} role="status" className="outline-none">
          <WaitOutcome wait={wait} />
        </div>
      )}
    </div>
  );
}

function WaitOutcome({ wait }: { wait: Wait }) {
  const { answer, answeredBy, answeredAt, state } = wait;
  if (!answer) {
    return (
      <Callout title={state === 'void' ? 'Nobody needs to decide this any more' : 'It is closed'}>
        The run ended before somebody decided.
      </Callout>
    );
  }
  return (
    <div className="bg-sunken flex flex-col gap-2 rounded-md border p-3">
      <p>
        <span className="font-medium">{decisionWord(answer.decision)}</span>
        {answeredBy && <> by {answeredBy.name}</>}
        {answeredAt && (
          <span className="text-muted">
            , <RelativeTime at={answeredAt} />
          </span>
        )}
      </p>
      {answer.large?.data && <LargeValue executionId={wait.executionId} reference={answer.large.data} label="answer" />}
      {answer.data !== null && <PayloadView value={answer.data} label="answer" />}
    </div>
  );
}

/** A decision counts for exactly this payload; the server refuses it when it has changed since. */
function PayloadHash({ hash }: { hash: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <Tooltip content="A decision counts for exactly this content. If it has changed since, the server refuses it.">
        <span tabIndex={0} className="font-mono text-xs">
          sha-256 {hash.slice(0, 10)}…
        </span>
      </Tooltip>
      <CopyButton text={hash} label="hash of the content" />
    </span>
  );
}

function hasPayload({ payload, large }: Wait): boolean {
  if (large?.payload) return true;
  return payload !== null && payload !== undefined;
}
