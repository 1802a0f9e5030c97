import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { GET_RUN } from '../tools/get-run.tool.js';
import { textResult } from '../tools/tool-result.js';

/** Why a call is answered though its run goes on. */
export type UnfinishedReason = 'waiting' | 'draining' | 'too-slow';

/**
 * The answer to a call whose run has not ended: no failure, because nothing has failed, and no output either.
 * @param waitsFor what people are asked, where somebody is
 * @param mayLook whether the caller may look at runs
 */
export function unfinishedResult(
  executionId: string,
  reason: UnfinishedReason,
  waitsFor: string,
  mayLook: boolean,
): CallToolResult {
  const where = mayLook
    ? `Call ${GET_RUN} with the executionId ${executionId} to see how it stands.`
    : `Somebody who may read runs finds it as ${executionId}.`;
  return textResult(`${told(executionId, reason, waitsFor)} ${where}`, executionId);
}

/** For a call whose answer is not sent to anybody. */
export function nobodyListens(executionId: string): CallToolResult {
  return textResult(`Nobody waits for the run ${executionId} any more.`, executionId);
}

function told(executionId: string, reason: UnfinishedReason, waitsFor: string): string {
  switch (reason) {
    case 'waiting':
      return `The run ${executionId} waits for somebody${waitsFor === '' ? '' : `: ${waitsFor}`}. It goes on by itself once that is answered; this call does not wait for it.`;
    case 'draining':
      return `This server is being restarted. The run ${executionId} goes on by itself.`;
    case 'too-slow':
      return `The run ${executionId} takes longer than a call waits. It goes on by itself.`;
  }
}
