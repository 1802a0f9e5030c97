import {
  addUsage,
  type EmbedReply,
  type EmbedRequest,
  type GenerateReply,
  type GenerateRequest,
  type ModelCall,
  type ServiceCall,
  type Usage,
} from '#kernel';
import { EmbeddingCalls, type ModelCallRecord, ModelCalls } from '#models';
import { Injectable } from '@nestjs/common';
import { type CurrentRun, currentRun } from './current-run.js';
import { modelStepError } from './model-step-error.js';
import { toCallOptions } from './model-call-options.js';

/** Model calls of steps: on behalf of the run that the code works for, in whose journal every attempt is kept. */
@Injectable()
export class ModelSteps {
  /** How many calls each step of a run has made in this attempt. */
  private readonly calls = new WeakMap<CurrentRun, Map<string, number>>();

  constructor(
    private readonly models: ModelCalls,
    private readonly embeddings: EmbeddingCalls,
  ) {}

  /** @throws StepError whose `usage` is that of lost attempts */
  async generate(request: GenerateRequest, call: ModelCall): Promise<GenerateReply> {
    const { signal, stepPath } = call;
    const made = new AttemptsOfCall(currentRun());
    const callIsOver = made.run.beginCall();
    const { model, fallbackModels, guard, promptRef, ownPrompt } = request;
    try {
      const result = await this.models.call(
        {
          model,
          ...(fallbackModels && { fallbackModels }),
          ...(guard && { guard }),
          ...(ownPrompt !== undefined && { promptVersion: ownPrompt }),
          ...(promptRef && { promptId: promptRef.id, promptVersion: String(promptRef.version) }),
          options: toCallOptions(request),
          ...this.circumstances(made.run, stepPath),
        },
        { signal, onText: (text) => call.onText(text), onRecord: (record) => made.keep(record) },
      );
      return {
        text: result.text,
        ...(result.toolCalls.length > 0 && {
          toolCalls: result.toolCalls.map(({ id, toolName, arguments: args, signature }) => ({
            id,
            name: toolName,
            arguments: args,
            ...(signature !== undefined && { signature }),
          })),
        }),
        ...(result.json !== undefined && { json: result.json }),
        // Attempts that were lost were paid for as well.
        usage: made.usage ?? result.usage,
        model: result.model,
        finishReason: result.finishReason.unified,
        simulated: result.simulated,
        warnings: result.warnings.map((warning) => warning.message),
      };
    } catch (error) {
      throw modelStepError(error, signal, made.usage);
    } finally {
      callIsOver();
    }
  }

  /** @throws StepError */
  async embed(
    { model, texts }: EmbedRequest,
    { signal, stepPath }: ServiceCall & Pick<ModelCall, 'stepPath'>,
  ): Promise<EmbedReply> {
    const made = new AttemptsOfCall(currentRun());
    const callIsOver = made.run.beginCall();
    try {
      const request = { model, texts, ...this.circumstances(made.run, stepPath) };
      const result = await this.embeddings.embed(request, { signal, onRecord: (record) => made.keep(record) });
      return {
        embeddings: result.embeddings,
        usage: made.usage ?? result.usage,
        model: result.model,
        simulated: result.simulated,
      };
    } catch (error) {
      throw modelStepError(error, signal, made.usage);
    } finally {
      callIsOver();
    }
  }

  private circumstances(run: CurrentRun, stepPath: string) {
    const { executionId, attempt, userId, budget } = run;
    const payer = {
      executionId,
      attempt,
      userId,
      budgetExecutionId: budget.executionId,
      runBudgetMicroUsd: budget.limitMicroUsd,
    };
    return { stepPath, call: this.nextCall(run, stepPath), payer };
  }

  private nextCall(run: CurrentRun, stepPath: string): number {
    const calls = this.calls.get(run) ?? new Map<string, number>();
    this.calls.set(run, calls);
    const call = calls.get(stepPath) ?? 0;
    calls.set(stepPath, call + 1);
    return call;
  }
}

/** What one logical call has cost, over all its attempts. */
class AttemptsOfCall {
  usage: Usage | undefined;

  constructor(readonly run: CurrentRun) {}

  keep(record: ModelCallRecord): void {
    const { inputTokens, outputTokens, cachedInputTokens, costMicroUsd } = record;
    this.usage = addUsage(this.usage, { inputTokens, outputTokens, cachedInputTokens, costMicroUsd });
    this.run.recordCall(record);
  }
}
