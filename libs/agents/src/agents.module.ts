import { Module } from '@nestjs/common';
import { AgentEdgesRepository } from './agent-edges.repository.js';
import { AgentNodesRepository } from './agent-nodes.repository.js';
import { AgentVersions } from './agent-versions.js';
import { AgentVersionsRepository } from './agent-versions.repository.js';
import { VersionGraphsRepository } from './version-graphs.repository.js';

/** What runs need of agents. Needs the database and tenancy modules, which apps make global. */
@Module({
  providers: [
    AgentVersions,
    AgentVersionsRepository,
    VersionGraphsRepository,
    AgentNodesRepository,
    AgentEdgesRepository,
  ],
  exports: [AgentVersions, AgentVersionsRepository],
})
export class AgentsModule {}
