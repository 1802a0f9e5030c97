import type { StepContext } from '../../node-kind.js';
import { StepError } from '../../step-error.js';
import type { ApprovalPolicy, FoundTool } from '../../step-services.js';

/** Whether a policy has a person asked before a call with these arguments. */
export function wantsApproval(
  policy: ApprovalPolicy | undefined,
  tool: Pick<FoundTool, 'effectOf'>,
  args: Readonly<Record<string, unknown>>,
): boolean {
  return policy === 'always' || (policy === 'onWrite' && tool.effectOf(args) === 'write');
}

/**
 * Waits for a person to allow a call. A decision counts for exactly these arguments.
 *
 * @throws StepError `tool.not_approved`
 */
export async function askBeforeCall(
  tool: FoundTool,
  args: Readonly<Record<string, unknown>>,
  context: StepContext,
  title: string,
): Promise<void> {
  const { decision, by } = await context.wait({
    kind: 'approval',
    key: 'approval',
    title,
    payload: { tool: tool.name, arguments: tool.maskArguments(args) },
    decisions: ['approved', 'rejected'],
  });
  if (decision === 'approved') return;
  throw new StepError({
    code: 'tool.not_approved',
    message: `The tool was not run: ${by ?? 'a person'} refused this call.`,
    retryable: false,
  });
}
