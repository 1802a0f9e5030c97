import { Link } from '@tanstack/react-router';
import { WaitDecision } from '@/shared/waits/wait-decision';
import type { Asked } from './use-asked';

/** More questions than this are for the list of all of them. */
const SHOWN = 3;

/** What the run asks people, each with its decision. */
export function RunQuestions({ asked }: { asked: Asked }) {
  const { waits, onKnown } = asked;
  const more = waits.length - SHOWN;
  return (
    <>
      {waits.slice(0, SHOWN).map((wait) => (
        <section key={wait.id} aria-label={wait.title} className="flex flex-col gap-3 border-b p-4">
          <h3 className="font-medium break-words">{wait.title}</h3>
          <WaitDecision wait={wait} onKnown={onKnown} />
        </section>
      ))}
      {more > 0 && (
        <p className="border-b px-4 py-2">
          <Link to="/approvals" className="text-accent underline underline-offset-2">
            {more.toLocaleString('en-US')} more in Approvals
          </Link>
        </p>
      )}
    </>
  );
}
