import type { ProblemDocument } from './problem-document.js';

/** A failure as clients of OpenAI's API read it. */
export interface OpenAiError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    /** The parameter that is wrong, as they write it: `messages[0].content`. */
    readonly param: string | null;
    /** Ours, dotted. */
    readonly code: string;
    readonly request_id: string;
  };
}

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  429: 'rate_limit_error',
};

/** The same failure in the shape that the interop paths below `/v1` speak. */
export function toOpenAiError({ status, code, detail, requestId, errors }: ProblemDocument): OpenAiError {
  const [first] = errors ?? [];
  const message = first && !detail.includes(first.message) ? `${detail} ${first.message}` : detail;
  const type = TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
  // Their errors have room for one code: what is wrong with the field says more than that some field is wrong.
  const exact = first && code === 'request.invalid' ? `request.${first.code}` : code;
  return {
    error: { message, type, param: first ? parameterOf(first.pointer) : null, code: exact, request_id: requestId },
  };
}

/** `/messages/0/content` → `messages[0].content`; null for the body as a whole. */
function parameterOf(pointer: string): string | null {
  const [head, ...rest] = pointer.split('/').slice(1);
  if (head === undefined || head === '') return null;
  return rest.reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`), head);
}
