import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { PromptProblem } from '@/shared/api/generated/schema';

export interface PromptProblemsProps {
  problems: readonly PromptProblem[];
  warnings: readonly PromptProblem[];
}

/** What keeps the draft from being published, and what is allowed and probably not meant. */
export function PromptProblems({ problems, warnings }: PromptProblemsProps) {
  return (
    <section aria-label="Problems" aria-live="polite" className="flex flex-col gap-2 text-sm">
      {problems.length === 0 && (
        <p className="text-muted flex items-center gap-1.5">
          <CircleCheck aria-hidden className="text-success size-4 shrink-0" />
          Nothing keeps it from being published.
        </p>
      )}
      <ul className="flex flex-col gap-1.5">
        {problems.map(({ pointer, code, message }) => (
          <li key={`${pointer} ${message}`} data-code={code} className="flex gap-1.5">
            <CircleAlert aria-label="Problem" className="text-danger mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 break-words">{message}</span>
          </li>
        ))}
        {warnings.map(({ pointer, code, message }) => (
          <li key={`${pointer} ${message}`} data-code={code} className="flex gap-1.5">
            <TriangleAlert aria-label="Remark" className="text-warning mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 break-words">{message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
