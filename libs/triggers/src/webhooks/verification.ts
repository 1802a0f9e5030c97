/** How a webhook knows its sender. */
export const VERIFICATIONS = ['standard-webhooks', 'hmac-sha256'] as const;

export type Verification = (typeof VERIFICATIONS)[number];
