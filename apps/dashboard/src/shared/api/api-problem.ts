/** One field the server objects to. `pointer` is a JSON pointer (RFC 6901) into the request body; '' is the whole body. */
export interface FieldProblem {
  pointer: string;
  code: string;
  message: string;
}

/** The body of an `application/problem+json` answer (RFC 9457). */
export interface ProblemBody {
  type?: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  requestId?: string;
  retryable?: boolean;
  errors?: FieldProblem[];
}

/**
 * The one error that calls to the server reject with. `status` 0 means that no answer came: `client.offline`, `client.timeout`;
 * an aborted call rejects with the signal's own reason instead, so that leaving a page is never shown as a failure.
 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly errors: readonly FieldProblem[];

  constructor(body: ProblemBody, options?: ErrorOptions) {
    super(body.detail ?? body.title, options);
    this.name = 'ApiProblem';
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.requestId = body.requestId;
    this.retryable = body.retryable ?? false;
    this.errors = body.errors ?? [];
  }

  /** Messages by form field (`/address/street` becomes `address.street`); several on one field are joined. The key '' is the body as a whole. */
  fieldMessages(): Record<string, string> {
    const messages: Record<string, string> = {};
    for (const { pointer, message } of this.errors) {
      const field = fieldNameOf(pointer);
      messages[field] = messages[field] ? `${messages[field]} ${message}` : message;
    }
    return messages;
  }
}

/** `/tags/0/na~1me` → `tags.0.na/me`, the way forms name their fields. */
export function fieldNameOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

/** Reads whatever an unsuccessful answer carries; a proxy's HTML page still becomes an honest problem. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text().catch(() => '');
  const requestId = response.headers.get('x-request-id') ?? undefined;
  try {
    const body = JSON.parse(text) as Partial<ProblemBody>;
    if (typeof body.code === 'string' && typeof body.title === 'string') {
      return new ApiProblem({
        ...body,
        title: body.title,
        code: body.code,
        status: response.status,
        requestId: body.requestId ?? requestId,
      });
    }
  } catch {
    // Not JSON: handled below like JSON of another shape.
  }
  return new ApiProblem({
    title: response.status >= 500 ? 'The server could not answer' : 'The request was refused',
    detail: `The server answered ${response.status}${response.statusText ? ` ${response.statusText}` : ''} without saying why.`,
    status: response.status,
    code: 'client.unexpected_answer',
    requestId,
    retryable: response.status >= 500,
  });
}
