import type { StepContext } from '../node-kind.js';
import { StepError } from '../step-error.js';
import type { GenerateReply, GenerateRequest } from '../step-services.js';

/**
 * The one way in which nodes call a model. A call that no budget has room for makes its step wait, without a worker,
 * until there is money again; then it is asked for anew. Waits that an earlier attempt went through are passed by first,
 * so that a resumed step stands where it stood.
 * @throws StepError what the call failed with; `budget.exhausted` for a run that does not wait for money
 */
export async function askModel(
  request: GenerateRequest,
  context: StepContext,
  onText: (text: string) => void = (text) => context.delta(text),
): Promise<GenerateReply> {
  const { services, signal, idempotencyKey, path: stepPath } = context;
  for (let hold = 1; ; hold++) {
    const key = `budget-${hold}`;
    if (context.hasAsked(key)) {
      await context.wait({ kind: 'budget', key, title: '' });
      continue;
    }
    try {
      const reply = await services.generate(request, { signal, idempotencyKey, stepPath, onText });
      for (const warning of reply.warnings) context.log('warn', warning);
      return reply;
    } catch (error) {
      if (!(error instanceof StepError) || error.hold === undefined) throw error;
      await context.wait({ kind: 'budget', key, ...error.hold });
    }
  }
}
