import { toast } from 'sonner';
import { ApiProblem } from '@/shared/api/api-problem';
import { conversationsExport } from '@/shared/api/generated/operations';

/** Lets the browser save what was said. */
export async function saveConversation(id: string, format: 'json' | 'markdown'): Promise<void> {
  try {
    const document: unknown = await conversationsExport({ id, query: { format } });
    const text = typeof document === 'string' ? document : JSON.stringify(document, null, 2);
    const url = URL.createObjectURL(
      new Blob([text], { type: format === 'json' ? 'application/json' : 'text/markdown' }),
    );
    const link = Object.assign(window.document.createElement('a'), {
      href: url,
      download: `conversation-${id}.${format === 'json' ? 'json' : 'md'}`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  } catch (error) {
    toast.error(error instanceof ApiProblem ? error.message : 'The conversation could not be saved. Try again.');
  }
}
