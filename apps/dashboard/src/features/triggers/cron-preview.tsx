import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { formatSlot, readersZone } from './slot-time';
import { schedulePreviewQuery } from './trigger-queries';

const TYPING_PAUSE_MS = 300;

/** What the typed rule means, in words and as its next five times on the reader's own clock. */
export function CronPreview({ cron, timeZone }: { cron: string; timeZone: string }) {
  const settled = useSettled(`${cron.trim()}\n${timeZone.trim()}`);
  const [settledCron = '', settledZone = ''] = settled.split('\n');
  const isComplete = settledCron !== '' && settledZone !== '';
  const preview = useQuery({ ...schedulePreviewQuery(settledCron, settledZone), enabled: isComplete });
  return (
    <div role="status" className="bg-sunken min-h-40 rounded-md border p-3">
      {!isComplete && <p className="text-muted">Enter a cron expression to see when it fires.</p>}
      {isComplete && preview.isError && <p className="text-danger">{whatIsWrong(preview.error)}</p>}
      {isComplete && preview.isSuccess && (
        <>
          <p className="font-medium">
            {preview.data.description} <span className="text-muted font-normal">({settledZone})</span>
          </p>
          <p className="text-muted mt-2 text-sm">Next, on your clock ({readersZone()}):</p>
          <ol className="tabular mt-1 flex flex-col gap-0.5 text-sm">
            {preview.data.next.map((slot) => (
              <li key={slot}>
                <time dateTime={slot}>{formatSlot(slot)}</time>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function whatIsWrong(error: unknown): string {
  if (!(error instanceof ApiProblem)) return 'The preview could not be made.';
  return error.errors[0]?.message ?? error.message;
}

/** The value once nobody has changed it for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
