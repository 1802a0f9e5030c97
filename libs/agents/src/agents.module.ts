import { Module } from '@nestjs/common';
import { AgentDirectory } from './agent-directory.js';
import { AgentEdgesRepository } from './agent-edges.repository.js';
import { AgentNodesRepository } from './agent-nodes.repository.js';
import { AgentVersions } from './agent-versions.js';
import { AgentVersionsRepository } from './agent-versions.repository.js';
import { AgentsRepository } from './agents.repository.js';
import { BuiltInAgents } from './built-in-agents.js';
import { CallableAgentsReadModel } from './callable-agents.read-model.js';
import { VersionGraphsRepository } from './version-graphs.repository.js';

/** What runs need of agents. Needs the database and tenancy modules, which apps make global. */
@Module({
  providers: [
    AgentDirectory,
    AgentsRepository,
    BuiltInAgents,
    CallableAgentsReadModel,
    AgentVersions,
    AgentVersionsRepository,
    VersionGraphsRepository,
    AgentNodesRepository,
    AgentEdgesRepository,
  ],
  exports: [AgentDirectory, AgentVersions, AgentVersionsRepository, BuiltInAgents],
})
export class AgentsModule {}
