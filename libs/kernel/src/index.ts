export { describeNodeKind, type NodeKindDescription } from './describe-node-kind.js';
export { compileExpression, type Expression } from './expression/expression.js';
export { ExpressionSyntaxError } from './expression/expression-error.js';
export { GRAPH_LIMITS } from './graph-limits.js';
export { diffGraphs, type EdgeChange, type GraphDiff, type NodeChange, type ValueChange } from './graph-diff.js';
export { canonicalJson, essence, hashGraph } from './graph-hash.js';
export { DEFAULT_PORT, ERROR_PORT, type Graph, type GraphEdge, type GraphNode, type RetryPolicy } from './graph.js';
export { BUILT_IN_KINDS, INTERNAL_KINDS, NodeKindRegistry } from './node-kind-registry.js';
export { maskHttpRequest } from './kinds/http/mask-http-request.js';
export { prepareHttpRequest } from './kinds/http/prepare-http-request.js';
export type {
  CompiledNode,
  Effect,
  InnerStep,
  InputCheck,
  NodeKind,
  Scope,
  Source,
  StepContext,
  StepResult,
} from './node-kind.js';
export { compilePlan, compilePlanInTurns, InvalidGraphError, validateInput, type Plan, type PlanNode } from './plan.js';
export type { Problem } from './problem.js';
export { failureOfReason, RunAborted } from './run-aborted.js';
export type {
  EffectRecord,
  Failure,
  KernelEvents,
  KernelEventType,
  LogLevel,
  RunHost,
  RunLimits,
  RunOutcome,
  StepRecord,
  Usage,
  WaitAnswer,
  WaitKind,
  WaitRequest,
} from './run-host.js';
export { type CompiledSchema, compileJsonSchema } from './schema/json-schema.js';
export { JsonValueError, toPlainJson } from './json/plain-json.js';
export { StepError, type StepErrorDetails, type StepHold } from './step-error.js';
export type {
  AgentLoopHooks,
  AgentLoopRequest,
  ApprovalPolicy,
  CodeRequest,
  EmbedReply,
  EmbedRequest,
  FoundTool,
  GenerateReply,
  GenerateRequest,
  HttpReply,
  HttpRequest,
  ModelToolCall,
  ModelImage,
  ModelTurn,
  ModelCall,
  PromptVersionRef,
  ServiceCall,
  StepServices,
  ToolDescription,
} from './step-services.js';
export { compileTemplate, TemplateSyntaxError, type Template } from './template/template.js';
export { addUsage, NO_USAGE } from './usage.js';
export { validateGraph, validateGraphInTurns, type GraphValidation } from './validate/validate-graph.js';
export { walk } from './walk.js';
export { lastingPath } from './walk/lasting-path.js';
