import type { ApiClient } from '../../support/clients/api.client.js';
import { mixGraphs, parentOf } from './mix-graphs.js';

/** Agents of the mix: one per kind of work, and one that starts another. */
export type MixName = keyof typeof mixGraphs | 'below';

export const mixNames: readonly MixName[] = [...(Object.keys(mixGraphs) as (keyof typeof mixGraphs)[]), 'below'];

/** The published agents of the mix, by name. */
export class MixAgents {
  private constructor(private readonly ids: ReadonlyMap<MixName, string>) {}

  static async publish(client: ApiClient, worldUrl: string): Promise<MixAgents> {
    const ids = new Map<MixName, string>();
    for (const [name, draw] of Object.entries(mixGraphs)) {
      ids.set(name as MixName, await client.agents.publishNew(draw(worldUrl), name));
    }
    const below = await client.agents.publishNew(parentOf(ids.get('calls') ?? ''), 'below');
    return new MixAgents(ids.set('below', below));
  }

  idOf(name: MixName): string {
    const id = this.ids.get(name);
    if (id === undefined) throw new Error(`The mix has no agent ${name}.`);
    return id;
  }
}
