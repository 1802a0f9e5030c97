/** `armed` until somebody at the address has taken it (`delivered`) or nobody will try any more (`given_up`). */
export const DELIVERY_STATES = ['armed', 'delivered', 'given_up'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];
