import type { Execution } from '../../support/clients/executions.client.js';
import { actsOf } from '../mix/mix-graphs.js';
import type { Round } from '../round.js';

/** I-04: what the outside world did. Each effect at most once, those of a run that succeeded exactly once, and a repeat under its first key. */
export function actViolations({ ground, runs }: Round, known: readonly Execution[]): string[] {
  const succeeded = new Set(known.filter(({ status }) => status === 'succeeded').map(({ id }) => id));
  return runs.flatMap(({ id, name, agent }) =>
    (actsOf[agent] ?? []).flatMap((act) => {
      const [behaviour = '', rest = ''] = act.split(':');
      // What a run below another does is written down under a name of its own.
      const path = `/${behaviour}/${agent === 'below' ? `${name}-below` : name}/${rest}`;
      const acts = ground.world.actsOf(path);
      const keys = new Set(ground.world.callsTo(path).map(({ idempotencyKey }) => idempotencyKey));
      const found: string[] = [];
      if (acts > 1) found.push(`I-04: ${path} acted ${acts} times under the keys ${[...keys].join(', ')}.`);
      if (acts === 0 && succeeded.has(id)) found.push(`I-04: ${name} succeeded, and ${path} never acted.`);
      if (keys.size > 1) found.push(`I-04: ${path} was called under ${keys.size} keys: ${[...keys].join(', ')}.`);
      return found;
    }),
  );
}
