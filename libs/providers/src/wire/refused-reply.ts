import { readBody } from './read-body.js';

const LONGEST_ERROR_BYTES = 64 * 1024;

/** A reply with an error status, read as far as an error goes; `toCallError` makes one of ours of it. */
export class RefusedReply extends Error {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    /** The body, parsed when it was JSON. */
    readonly error: unknown,
    text: string,
  ) {
    super(text || `status ${status}`);
  }
}

/** @throws RefusedReply for every status but success. */
export async function refuseErrorStatus(response: Response): Promise<void> {
  if (response.ok) return;
  const { text } = await readBody(response, LONGEST_ERROR_BYTES);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Proxies answer in words; the status says the rest.
  }
  throw new RefusedReply(response.status, response.headers, body, text);
}
