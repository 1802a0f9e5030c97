import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { WebhookEvents } from '#webhooks';
import { AgentVersions } from './agent-versions.js';

/** A version that has just been made. */
export interface Publication {
  readonly agentId: string;
  readonly agentName: string;
  readonly version: number;
  readonly note: string;
}

/** What follows from a publication: runs take the new version, and webhook endpoints are told. */
@Injectable()
export class AgentPublications {
  constructor(
    private readonly running: AgentVersions,
    private readonly database: OrgDatabase,
    private readonly events: WebhookEvents,
  ) {}

  /** In the transaction that publishes. */
  async follow({ agentId, agentName, version, note }: Publication): Promise<void> {
    this.database.afterCommit(() => this.running.forget(agentId));
    await this.events.announce('agent.published', { id: agentId, name: agentName, version, note });
  }
}
