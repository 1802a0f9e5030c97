export { createProvider, PROVIDER_KINDS, type ProviderKind, type ProviderOptions } from './create-provider.js';
export { createProviders, type ProvidersOptions } from './create-providers.js';
export {
  type ListedModel,
  type ModelTarget,
  type OwnProvider,
  type Provider,
  ProviderRouter,
} from './router/provider-router.js';
export type { Attempt, CallHooks, EndedAttempt, Pause, SkippedModel } from './router/attempt.js';
export type { Candidate } from './router/candidate.js';
export { countInputTokens } from './router/count-call-tokens.js';
export type { BreakerState } from './router/circuit-breaker.js';
export type { ModelHealth } from './router/circuit-breakers.js';
export { describeModel, type ModelDescription, type ModelOverride } from './router/model-catalogue.js';
export { type DatedPrice, type ModelPrice, priceAt } from './router/model-price.js';
export { priceOf } from './router/price-of.js';
export { collectStream } from './model/collect-stream.js';
export { estimateTokens } from './model/estimate-tokens.js';
export type { CallDeadlines } from './model/call-deadlines.js';
export type { CallOptions } from './model/call-options.js';
export type { CallWarning } from './model/call-warning.js';
export type { EmbeddingModel, EmbedOptions, EmbedResult } from './model/embedding-model.js';
export type { FinishReason, UnifiedFinishReason } from './model/finish-reason.js';
export type { JsonSchema } from './model/json-schema.js';
export type { GenerateResult, LanguageModel } from './model/language-model.js';
export { type Message, textOf } from './model/message.js';
export type { ResponseFormat } from './model/response-format.js';
export type { StreamPart } from './model/stream-part.js';
export type { ToolCall, ToolChoice, ToolDefinition } from './model/tool.js';
export type { Usage } from './model/usage.js';
export { DeadlineExceededError } from './errors/deadline-exceeded-error.js';
export { InvalidCallOptionError } from './errors/invalid-call-option-error.js';
export { InvalidOutputError } from './errors/invalid-output-error.js';
export { ModelCallError } from './errors/model-call-error.js';
export { NoSuchModelError } from './errors/no-such-model-error.js';
export { ProviderError } from './errors/provider-error.js';
export { StreamInterruptedError } from './errors/stream-interrupted-error.js';
