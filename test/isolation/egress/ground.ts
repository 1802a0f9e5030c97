import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ApiClient } from '../../support/clients/api.client.js';
import { chain } from '../../support/graphs/chain.js';
import { greeting } from '../../support/graphs/greeting.js';
import type { NewOrg } from '../../support/new-org.js';

/** A secret in every credential that is aimed somewhere: whoever sees it was sent a credential. */
export const SECRET = 'canary-71c2f0a9d4e84b5c';

/** What drivers work on. */
export interface Ground {
  readonly app: NestExpressApplication;
  readonly client: ApiClient;
  readonly orgId: string;
  /** Ends at once. */
  readonly greeter: string;
  /** One request of a step to `input.url`. */
  readonly caller: string;
}

export async function layGround(app: NestExpressApplication, { owner: client, orgId }: NewOrg): Promise<Ground> {
  const call = { id: 'call', kind: 'http', config: { method: 'GET', url: '{{ input.url }}' } };
  return {
    app,
    client,
    orgId,
    greeter: await client.agents.publishNew(greeting(), 'Greeter'),
    caller: await client.agents.publishNew(chain([call]), 'Caller'),
  };
}

/** An organisation of its own for the same person: it has no other credentials than those that are made now. */
export async function freshOrganisation({ client }: Ground): Promise<{ client: ApiClient; orgId: string }> {
  const { id } = await client.http.ask<{ id: string }>('POST', '/orgs', { name: 'One target' });
  return { client: client.as(client.token, id), orgId: id };
}
