/** Asks whichever process owns a run to stop it. */
export const CANCEL_CHANNEL = 'execution-cancel';
