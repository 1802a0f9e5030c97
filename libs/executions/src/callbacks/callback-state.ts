/** `armed` until somebody at the address has taken it (`delivered`) or nobody will try any more (`given_up`). */
export const CALLBACK_STATES = ['armed', 'delivered', 'given_up'] as const;

export type CallbackState = (typeof CALLBACK_STATES)[number];
