/**
 * Where a turn stands. `queued` waits for the turns before it, `active` is under way; the others are over. Both messages of a turn
 * say the same.
 */
export type MessageState = 'queued' | 'active' | 'answered' | 'failed' | 'cancelled' | 'interrupted' | 'rolled_back';

export const MESSAGE_STATES: readonly MessageState[] = [
  'queued',
  'active',
  'answered',
  'failed',
  'cancelled',
  'interrupted',
  'rolled_back',
];

/** Whether nothing more will happen to the turn. */
export function isOver(state: MessageState): boolean {
  return state !== 'queued' && state !== 'active';
}
