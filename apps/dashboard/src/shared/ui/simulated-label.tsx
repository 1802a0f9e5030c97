import { Badge } from './badge';

/** Stands at every answer of the built-in model, so that nobody takes it for the work of a real one. */
export function SimulatedLabel() {
  return <Badge tone="warning">offline, not a neural model</Badge>;
}
