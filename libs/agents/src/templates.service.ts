import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import type { Agent } from './agent.entity.js';
import { AgentPublishingService } from './agent-publishing.service.js';
import { templateNotFound } from './agents.errors.js';
import { AgentsService } from './agents.service.js';
import { TEMPLATES } from './templates/templates.js';
import type { AgentTemplate } from './templates/agent-template.js';

@Injectable()
export class TemplatesService {
  constructor(
    private readonly agents: AgentsService,
    private readonly publishing: AgentPublishingService,
    private readonly database: OrgDatabase,
  ) {}

  list(): readonly AgentTemplate[] {
    return TEMPLATES;
  }

  /** A new agent of the template's, published as version 1, so that it can run at once. */
  use(slug: string, name?: string): Promise<Agent> {
    const template = TEMPLATES.find((each) => each.slug === slug);
    if (!template) throw templateNotFound();
    const { description, graph } = template;
    return this.database.transaction(async () => {
      const { id } = await this.agents.create({ name: name ?? template.name, description, graph });
      await this.publishing.publish(id, `From the template "${template.name}".`);
      return this.agents.get(id);
    });
  }
}
