/** How everything of ours fails: one error class, one vocabulary of kinds, one translation to problem+json. */
export { AppError, type ErrorKind, type FieldProblem } from './app-error.js';
export { conflict, forbidden, invalid, limited, notFound, unauthenticated, unavailable } from './error-factories.js';
export { type JsonRpcError, toJsonRpcError } from './json-rpc-error.js';
export { toOpenAiError } from './openai-error.js';
export { type ProblemDocument, toProblem } from './problem-document.js';
