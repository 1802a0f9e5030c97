import { Injectable } from '@nestjs/common';
import { despiteAbsence } from '#platform/database';
import { type CallOptions, collectStream, type EndedAttempt, type GenerateResult, ProviderRouter } from '#providers';
import { cleanMessages } from '../guards/clean-messages.js';
import { checkLength, guardBlocked, judge } from '../guards/guard-call.js';
import type { GuardVerdict } from '../guards/guard-verdict.js';
import { ModelsMetrics } from '../models.metrics.js';
import { type Allowance, CallAllowances } from './call-allowances.js';
import type { ModelCallRecord } from './model-call-record.js';
import type { ModelCallRequest } from './model-call-request.js';
import { type Candidates, ModelDirectory } from './model-directory.js';
import { mostItCanUse } from './most-it-can-use.js';
import { OrgModels } from './org-models.js';
import { recordOfAttempt, recordOfRefusal } from './record-of-attempt.js';

export interface ModelCallHooks {
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
  /** Every attempt at a provider, failed ones too, before the call resolves or rejects. */
  readonly onRecord: (record: ModelCallRecord) => void;
}

/**
 * What stands between a run and the providers: bounds, guards, limits, money, then the call with retry, fallback and
 * breakers, and a record of each attempt that settles what it had reserved.
 */
@Injectable()
export class ModelCalls {
  constructor(
    private readonly router: ProviderRouter,
    private readonly directory: ModelDirectory,
    private readonly models: OrgModels,
    private readonly allowances: CallAllowances,
    private readonly metrics: ModelsMetrics,
  ) {}

  /**
   * @throws ProviderError · BudgetExhausted · AppError model.not_allowed, model.price_unknown (403), guard.blocked,
   *   model.input_too_long (422); an abort rejects with the signal's reason
   */
  async call(request: ModelCallRequest, hooks: ModelCallHooks): Promise<GenerateResult> {
    const { policy, candidates } = await despiteAbsence(() => this.lookUp(request), hooks);
    const options = { ...request.options, messages: cleanMessages(request.options.messages), signal: hooks.signal };
    const [first] = candidates;
    first.check(first.optionsFor?.(options) ?? options);
    checkLength(options.messages, first.description);
    const guard = judge(request.options.messages, {
      action: request.guard ?? policy.guardAction,
      threshold: policy.guardThreshold,
    });
    if (guard?.action === 'block') {
      hooks.onRecord(recordOfRefusal(request, first.description, 'guard.blocked', guard));
      this.metrics.blocked();
      throw guardBlocked(guard);
    }
    return this.send(request, candidates, options, guard, hooks);
  }

  private async lookUp({ model, fallbackModels }: ModelCallRequest) {
    const { policy } = await this.models.current();
    return { policy, candidates: await this.directory.candidates(model, fallbackModels) };
  }

  private async send(
    request: ModelCallRequest,
    candidates: Candidates,
    options: CallOptions,
    guard: GuardVerdict | null,
    hooks: ModelCallHooks,
  ): Promise<GenerateResult> {
    const ended: EndedAttempt[] = [];
    let allowance: Allowance = { reservationId: null, tokens: null };
    let asked: CallOptions = options;
    const model = this.router.fallback(candidates, {
      begin: async (attempt, theirs) => {
        asked = theirs;
        const most = mostItCanUse(theirs, attempt.model);
        allowance = await despiteAbsence(() => this.allowances.take(request.payer, most), hooks);
      },
      end: (attempt) => {
        ended.push(attempt);
        this.metrics.ended(attempt);
        this.allowances.giveBack(allowance, attempt.usage);
        const { reservationId } = allowance;
        hooks.onRecord(recordOfAttempt(attempt, { request, options: asked, reservationId, guard }));
      },
    });
    const result = await collectStream(model, options, hooks.onText);
    return { ...result, warnings: [...result.warnings, ...detours(ended), ...suspicions(guard)] };
  }
}

/** What the author of the agent should know about a call that did not go the straight way. */
function detours(ended: readonly EndedAttempt[]): GenerateResult['warnings'] {
  const answered = ended.at(-1);
  const lost = ended.slice(0, -1).map(({ model, errorCode }) => `${model.id} (${errorCode ?? 'no answer'})`);
  if (answered === undefined || lost.length === 0) return [];
  const message = `${answered.model.id} answered at attempt ${answered.number}, after ${lost.join(', ')}.`;
  return [{ kind: 'detour', message }];
}

function suspicions(guard: GuardVerdict | null): GenerateResult['warnings'] {
  if (guard?.action !== 'flag') return [];
  const message = `What was sent looks like an attempt to take the model over (score ${guard.score} of 100: ${guard.reasons.join(', ')}).`;
  return [{ kind: 'suspicious-input', message }];
}
