/** What stands between runs and model providers: which models an organisation may use, what calls cost, records and guards. */
export { type EmbeddingCallRequest, EmbeddingCalls } from './calls/embedding-calls.js';
export { type CallPayer, type ModelCallRequest } from './calls/model-call-request.js';
export type { ModelCallRecord, ModelParameters } from './calls/model-call-record.js';
export { ModelCalls, type ModelCallHooks } from './calls/model-calls.js';
export type { GuardAction, GuardVerdict } from './guards/guard-verdict.js';
export { ModelCatalogue } from './catalogue/model-catalogue.service.js';
export { ModelsApiModule } from './models-api.module.js';
export { ModelsModule } from './models.module.js';
