import { IntegrationsModule } from '#integrations';
import { Module } from '@nestjs/common';
import { PromptsModule } from '#prompts';
import { WebhookEventsModule } from '#webhooks';
import { AgentDraftsController } from './agent-drafts.controller.js';
import { AgentDraftsService } from './agent-drafts.service.js';
import { AgentFilesController } from './agent-files.controller.js';
import { AgentFilesService } from './agent-files.service.js';
import { AgentHistoryService } from './agent-history.service.js';
import { AgentPromptUses } from './agent-prompt-uses.js';
import { AgentPublications } from './agent-publications.js';
import { AgentPublishingService } from './agent-publishing.service.js';
import { AgentVersionsController } from './agent-versions.controller.js';
import { AgentVersionsReadModel } from './agent-versions.read-model.js';
import { AgentsController } from './agents.controller.js';
import { AgentsModule } from './agents.module.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';
import { GraphChecker } from './graph-checker.js';
import { NodeKindsController } from './node-kinds.controller.js';
import { TemplatesController } from './templates.controller.js';
import { TemplatesService } from './templates.service.js';

/** Everything that people and scripts do with agents over HTTP; imports {@link AgentsModule}, so that its caches are one. */
@Module({
  imports: [AgentsModule, IntegrationsModule, PromptsModule, WebhookEventsModule],
  controllers: [
    AgentsController,
    AgentFilesController,
    AgentDraftsController,
    AgentVersionsController,
    TemplatesController,
    NodeKindsController,
  ],
  providers: [
    AgentsRepository,
    AgentVersionsReadModel,
    AgentsService,
    AgentDraftsService,
    AgentHistoryService,
    AgentPublications,
    AgentPublishingService,
    AgentFilesService,
    GraphChecker,
    AgentPromptUses,
    TemplatesService,
  ],
  exports: [AgentsService, TemplatesService],
})
export class AgentsApiModule {}
