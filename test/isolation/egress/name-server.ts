import { ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { EgressClient } from '#platform/egress';

type Answers = Readonly<Record<string, readonly (readonly string[])[]>>;

/** A name server of the test's own, which may answer differently each time it is asked. */
export class NameServer {
  private readonly asked = new Map<string, number>();

  /** @param answers by name, in order and then from the beginning again; other names do not exist */
  constructor(private readonly answers: Answers) {}

  /** From now on every egress client of the application asks here. @returns how many clients that are */
  serve(app: NestExpressApplication): number {
    const clients = egressClientsOf(app);
    for (const client of clients) {
      const resolver = Reflect.get(client, 'resolver') as object;
      Reflect.set(resolver, 'lookup', this.lookup);
      Reflect.set(resolver, 'cacheMs', 0);
    }
    return clients.length;
  }

  private readonly lookup = async (host: string): Promise<readonly string[]> => {
    const inTurn = this.answers[host] ?? [];
    const turn = this.asked.get(host) ?? 0;
    this.asked.set(host, turn + 1);
    return inTurn[turn % inTurn.length] ?? [];
  };
}

function egressClientsOf(app: NestExpressApplication): EgressClient[] {
  const found = new Set<EgressClient>();
  for (const { providers } of app.get(ModulesContainer).values()) {
    for (const { instance } of providers.values()) if (instance instanceof EgressClient) found.add(instance);
  }
  return [...found];
}
