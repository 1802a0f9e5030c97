import type { ToolSetsEgress } from '../tool-sets-egress.js';
import { documentInvalid } from '../tool-sets.errors.js';
import { MAX_DOCUMENT_BYTES } from './read-document.js';

const LIMITS = { totalMs: 30_000, maxResponseBytes: MAX_DOCUMENT_BYTES };

/** The text of a document at a public address, without any credential. @throws AppError tool_set.document_invalid · egress.… */
export async function fetchDocument(
  egress: Pick<ToolSetsEgress, 'request'>,
  url: string,
  signal: AbortSignal,
): Promise<string> {
  const { status, body } = await egress.request({
    url,
    headers: { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5' },
    limits: LIMITS,
    signal,
  });
  if (status !== 200) throw documentInvalid(`The address of the document answered with status ${status}.`);
  return body.toString('utf8');
}
