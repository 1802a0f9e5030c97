import { headersNotTaken } from '../triggers.errors.js';
import type { Verification } from './verification.js';

/** Which headers a plain HMAC sender uses; null for Standard Webhooks, which names its own. */
export interface SignatureHeaders {
  readonly signatureHeader: string | null;
  readonly timestampHeader: string | null;
}

const USUAL_HEADER = 'x-signature-256';

/** As they are kept: lower case, and filled in. @throws AppError invalid when headers are named that are not looked at */
export function signatureHeaders(verification: Verification, given: SignatureHeaders): SignatureHeaders {
  if (verification === 'hmac-sha256') {
    return {
      signatureHeader: (given.signatureHeader ?? USUAL_HEADER).toLowerCase(),
      timestampHeader: given.timestampHeader?.toLowerCase() ?? null,
    };
  }
  if (given.signatureHeader !== null) throw headersNotTaken('/signatureHeader');
  if (given.timestampHeader !== null) throw headersNotTaken('/timestampHeader');
  return { signatureHeader: null, timestampHeader: null };
}
