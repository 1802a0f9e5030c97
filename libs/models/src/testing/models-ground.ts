import type { BudgetExhausted, Escrow, RateLimits, Reservation, TokenHold } from '#billing';
import type { CredentialSummary, CredentialVault } from '#integrations';
import { runWith } from '#platform/context';
import { newId } from '#platform/ids';
import { MetricsRegistry } from '#platform/metrics';
import { type GenerateResult, ProviderRouter } from '#providers';
import { FakeClock } from '../../../providers/src/testing/fake-clock.js';
import { FakeLanguageModel } from '../../../providers/src/testing/fake-language-model.js';
import { CallAllowances } from '../calls/call-allowances.js';
import type { ModelCallRecord } from '../calls/model-call-record.js';
import type { ModelCallRequest } from '../calls/model-call-request.js';
import { ModelCalls } from '../calls/model-calls.js';
import { ModelDirectory } from '../calls/model-directory.js';
import { OrgModels } from '../calls/org-models.js';
import type { OwnProviders } from '../calls/own-providers.js';
import type { ModelVersion } from '../catalogue/model-version.entity.js';
import type { ModelVersionsRepository } from '../catalogue/model-versions.repository.js';
import { ModelsMetrics } from '../models.metrics.js';
import type { ModelPoliciesRepository } from '../policy/model-policies.repository.js';
import { DEFAULT_POLICY, type ModelPolicyValues } from '../policy/model-policy.js';

interface GroundOptions {
  /** By the name of the provider; each answers for all of its models. */
  readonly models?: Readonly<Record<string, FakeLanguageModel>>;
  readonly policy?: Partial<ModelPolicyValues>;
  readonly versions?: readonly (Pick<ModelVersion, 'model'> & Partial<ModelVersion>)[];
  /** Credentials of the organisation and the model that answers by each. */
  readonly keys?: readonly { readonly credential: CredentialSummary; readonly model: FakeLanguageModel }[];
  /** What the escrow says instead of yes. */
  readonly noMoney?: BudgetExhausted;
}

/** Model calls of one organisation, with models that say what they were told to and an escrow that writes down. */
export class ModelsGround {
  readonly orgId = newId();
  readonly records: ModelCallRecord[] = [];
  readonly reserved: { readonly id: string; readonly amountMicroUsd: number }[] = [];
  /** Tokens of the minute that were taken before, and used by each attempt. */
  readonly held: number[] = [];
  readonly used: number[] = [];
  readonly said: string[] = [];
  readonly metrics = new MetricsRegistry();
  readonly calls: ModelCalls;

  constructor(options: GroundOptions = {}) {
    const { models = { openai: new FakeLanguageModel() } } = options;
    const providers = new Map(
      Object.entries(models).map(([name, model]) => [name, { provider: providerOf(model), takesAnyModel: true }]),
    );
    const router = new ProviderRouter(providers, {}, { clock: new FakeClock() });
    const orgModels = new OrgModels(
      { find: () => Promise.resolve({ ...DEFAULT_POLICY, ...options.policy }) } as unknown as ModelPoliciesRepository,
      { findAll: () => Promise.resolve((options.versions ?? []).map(versionOf)) } as unknown as ModelVersionsRepository,
      {
        listOfKinds: () => Promise.resolve((options.keys ?? []).map(({ credential }) => credential)),
      } as unknown as CredentialVault,
    );
    const own = {
      of: ({ id }: CredentialSummary) =>
        Promise.resolve({
          credentialId: id,
          provider: providerOf(options.keys!.find(({ credential }) => credential.id === id)!.model),
        }),
    } as unknown as OwnProviders;
    const escrow = {
      reserve: ({ amountMicroUsd }: { amountMicroUsd: number }): Promise<Reservation> => {
        if (options.noMoney) return Promise.reject(options.noMoney);
        const reservation = { id: newId(), amountMicroUsd };
        this.reserved.push(reservation);
        return Promise.resolve(reservation);
      },
    } as unknown as Escrow;
    const limits = {
      reserveTokens: ({ tokens }: { tokens: number }) => {
        this.held.push(tokens);
        return Promise.resolve({ tokens } as TokenHold);
      },
      settleTokens: (_hold: TokenHold, used: number) => {
        this.used.push(used);
        return Promise.resolve();
      },
    } as unknown as RateLimits;
    const directory = new ModelDirectory(router, orgModels, own);
    const allowances = new CallAllowances(limits, escrow);
    this.calls = new ModelCalls(router, directory, orgModels, allowances, new ModelsMetrics(this.metrics, router));
  }

  call(request: Partial<ModelCallRequest> & { text?: string } = {}, signal = new AbortController().signal) {
    const { text = 'Tell me about Berlin.', ...rest } = request;
    const hooks = {
      signal,
      onText: (piece: string) => void this.said.push(piece),
      onRecord: (record: ModelCallRecord) => void this.records.push(record),
    };
    return runWith({ orgId: this.orgId }, (): Promise<GenerateResult> =>
      this.calls.call(
        {
          model: 'openai/gpt-4o-mini',
          options: { messages: [{ role: 'user', content: text }] },
          stepPath: 'ask',
          call: 0,
          payer: { executionId: newId(), userId: null, runBudgetMicroUsd: null },
          ...rest,
        },
        hooks,
      ),
    );
  }
}

function providerOf(model: FakeLanguageModel) {
  return {
    languageModel: () => model,
    embeddingModel: () => {
      throw new Error('not needed here');
    },
  };
}

function versionOf(values: Pick<ModelVersion, 'model'> & Partial<ModelVersion>): ModelVersion {
  const nothing = { enabled: true, label: null, contextWindow: null, maxOutputTokens: null, prices: [], revision: 1 };
  return { ...nothing, ...values } as ModelVersion;
}
