import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { formatDuration } from '@/shared/format/format-duration';
import { decisionWord, waitedFor } from '@/shared/waits/wait-words';

/** The gist of an event in one line. */
export function eventSummary(event: ExecutionEvent): string {
  const data = event.data;
  const error = data.error as { code?: string; message?: string } | undefined;
  switch (event.type) {
    case 'execution-start':
      return `version ${String(data.version)}`;
    case 'execution-resume':
      return `attempt ${String(data.attempt)}${queueTime(event)}`;
    case 'step-start':
      return `${String(data.kind)}, try ${String(data.try)}`;
    case 'budget-hold':
      return `no room in ${String(data.budget).replaceAll('_', ' ')}`;
    case 'wait-start':
      return `waits for ${waitedFor(String(data.kind))}: ${String(data.title)}`;
    case 'wait-end':
      return `${decisionWord(String(data.decision))}${typeof data.by === 'string' ? ` by ${data.by}` : ''}`;
    case 'text-delta':
      return JSON.stringify(data.text ?? '');
    case 'step-retry':
      return `try ${String(data.try)} failed: ${error?.code ?? 'unknown'}; waits ${formatDuration(data.waitMs as number | null)}`;
    case 'step-end':
      return error ? `failed: ${error.code ?? 'unknown'}` : `${String(data.status)}, left by “${String(data.port)}”`;
    case 'log':
      return `${String(data.level)}: ${String(data.message)}`;
    case 'execution-end':
      return error ? `${String(data.status)}: ${error.code ?? 'unknown'}` : String(data.status);
    default:
      return JSON.stringify(data);
  }
}

function queueTime({ at, data }: ExecutionEvent): string {
  const queuedMs = typeof data.queuedAt === 'string' ? Date.parse(at) - Date.parse(data.queuedAt) : 0;
  return queuedMs > 0 ? `, ${formatDuration(queuedMs)} in the queue` : '';
}
