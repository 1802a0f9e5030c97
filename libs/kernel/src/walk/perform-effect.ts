import { createHash } from 'node:crypto';
import type { Effect } from '../node-kind.js';
import type { EffectRecord, WaitRequest } from '../run-host.js';
import { StepError } from '../step-error.js';
import { lastingPath } from './lasting-path.js';
import type { StepTry } from './step-try.js';

/**
 * Acts at most once by itself: the intent is committed before the act, the outcome with the next commit after it. When
 * an earlier attempt has left an intent without an outcome, or no answer came to the request, nobody knows whether it
 * happened: what the other side bears twice is asked again under the same key, for everything else a person is asked.
 */
export async function performEffect<Reply>(step: StepTry, effect: Effect, act: () => Promise<Reply>): Promise<Reply> {
  const { host, spec } = step.run;
  const { call, repeatable } = effect;
  const path = lastingPath(spec.path);
  const requestHash = createHash('sha256')
    .update(JSON.stringify(effect.request) ?? '')
    .digest('hex');
  const keep = (state: EffectRecord['state'], round: number, response?: unknown): void =>
    host.recordEffect({
      path,
      call,
      round,
      state,
      requestHash,
      ...(response !== undefined && { response }),
    });

  for (;;) {
    const known = host.effect(path, call);
    if (known?.state === 'completed') return known.response as Reply;
    if (known !== undefined && known.state !== 'failed' && !repeatable) {
      const answer = await step.wait(askWhetherItHappened(effect, known));
      if (answer.decision === 'happened') {
        keep('completed', known.round, answer.data ?? null);
        return (answer.data ?? null) as Reply;
      }
      keep('failed', known.round);
    }
    const round = (known?.round ?? 0) + 1;
    keep('intended', round);
    await step.commit();
    try {
      const reply = await (repeatable ? act() : step.actAlone(act));
      if (step.isActive) keep('completed', round, reply);
      return reply;
    } catch (error) {
      if (!step.isActive) throw error;
      const isUnknown = !(error instanceof StepError) || error.outcomeUnknown;
      keep(isUnknown ? 'unknown' : 'failed', round);
      if (!isUnknown || repeatable) throw error;
    }
  }
}

function askWhetherItHappened(effect: Effect, { call, round }: EffectRecord): WaitRequest {
  return {
    kind: 'effect',
    key: `${call}#${round}`,
    title: `Did this happen? ${effect.title}`,
    payload: effect.request,
    decisions: ['happened', 'not_happened'],
  };
}
