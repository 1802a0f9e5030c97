import type { DeliveryState } from '@/shared/api/generated/schema';
import { Badge, type Tone } from '@/shared/ui/badge';

/** What became of a message, in the words of every screen. */
export const DELIVERY_STATES: Record<DeliveryState, { tone: Tone; words: string }> = {
  armed: { tone: 'accent', words: 'Not delivered yet' },
  delivered: { tone: 'success', words: 'Delivered' },
  given_up: { tone: 'danger', words: 'Given up' },
};

export function DeliveryStateBadge({ state }: { state: DeliveryState }) {
  const { tone, words } = DELIVERY_STATES[state];
  return <Badge tone={tone}>{words}</Badge>;
}
