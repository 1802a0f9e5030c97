import type { ProblemDocument } from './problem-document.js';

/** A failure as clients of JSON-RPC 2.0 read it; `data` is the problem as every other door tells it. */
export interface JsonRpcError {
  readonly code: number;
  readonly message: string;
  readonly data: Pick<ProblemDocument, 'code' | 'status' | 'requestId' | 'retryable' | 'errors'>;
}

const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const INVALID_PARAMS = -32_602;
const INTERNAL_ERROR = -32_603;
/** The first of those that JSON-RPC leaves to servers; `data.code` tells them apart. */
const SERVER_ERROR = -32_000;

const BY_STATUS: Readonly<Record<number, number>> = { 400: INVALID_REQUEST, 422: INVALID_PARAMS, 500: INTERNAL_ERROR };

/** The same failure in the shape that the Model Context Protocol speaks. */
export function toJsonRpcError({ status, code, detail, requestId, retryable, errors }: ProblemDocument): JsonRpcError {
  return {
    code: code === 'request.not_json' ? PARSE_ERROR : (BY_STATUS[status] ?? SERVER_ERROR),
    message: detail,
    data: { code, status, requestId, retryable, ...(errors && { errors }) },
  };
}
