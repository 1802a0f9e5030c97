export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer as it came; `body` is the parsed JSON, or null when there is none. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

/** RFC 9457, as every failure is reported. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly retryable: boolean;
  readonly errors?: readonly { pointer: string; code: string; message: string }[];
}

/** Sends requests below one base address, with one credential. */
export class HttpClient {
  constructor(
    readonly url: string,
    readonly token: string | null,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same caller with more headers on every request. */
  with(headers: Readonly<Record<string, string>>): HttpClient {
    return new HttpClient(this.url, this.token, { ...this.headers, ...headers });
  }

  /** @param path below `/api/v1` */
  async send<T = unknown>(
    method: Method,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    return this.fetch<T>(method, `/api/v1${path}`, body === undefined ? undefined : JSON.stringify(body), {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    });
  }

  /** Text as it is, to any path: for what a proper client would not send. */
  async fetch<T = unknown>(
    method: Method,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const response = await this.open(method, path, body, headers);
    const text = await response.text();
    const isJson = /^application\/([a-z+.-]+\+)?json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text !== '' ? JSON.parse(text) : null) as T,
      text,
    };
  }

  /** The answer with its body still to come. */
  async open(
    method: Method,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { ...(this.token !== null && { authorization: `Bearer ${this.token}` }), ...this.headers, ...headers },
      body: body ?? null,
      redirect: 'manual',
      signal: signal ?? null,
    });
  }

  /** As `send`, for what must succeed. @throws Error with the whole answer otherwise */
  async ask<T>(method: Method, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<T> {
    const answer = await this.send<T>(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }
}
