import { CreateOrganisationsAndPeople1795230000000 } from './1795230000000-create-organisations-and-people.js';
import { CreateAgents1795230100000 } from './1795230100000-create-agents.js';
import { CreateExecutions1795230200000 } from './1795230200000-create-executions.js';
import { CreateWaitsAndEffects1795316400000 } from './1795316400000-create-waits-and-effects.js';
import { CreateTriggers1795320000000 } from './1795320000000-create-triggers.js';
import { ClaimQueuedRunsFairly1795323600000 } from './1795323600000-claim-queued-runs-fairly.js';
import { PartitionRunHistory1795327200000 } from './1795327200000-partition-run-history.js';
import { CreateCallbacks1795330800000 } from './1795330800000-create-callbacks.js';
import { CreatePayloads1795334400000 } from './1795334400000-create-payloads.js';
import { CreateIntegrations1795338000000 } from './1795338000000-create-integrations.js';
import { CreateBilling1795341600000 } from './1795341600000-create-billing.js';
import { CreateModels1795345200000 } from './1795345200000-create-models.js';
import { CreateConversations1795348800000 } from './1795348800000-create-conversations.js';
import { CreatePrompts1795352400000 } from './1795352400000-create-prompts.js';
import { CreateToolSets1795356000000 } from './1795356000000-create-tool-sets.js';
import { CreateWebhookEndpoints1795359600000 } from './1795359600000-create-webhook-endpoints.js';

/** Every migration, oldest first; run at start under a lock. Never edited once merged. */
export const migrations = [
  CreateOrganisationsAndPeople1795230000000,
  CreateAgents1795230100000,
  CreateExecutions1795230200000,
  CreateWaitsAndEffects1795316400000,
  CreateTriggers1795320000000,
  ClaimQueuedRunsFairly1795323600000,
  PartitionRunHistory1795327200000,
  CreateCallbacks1795330800000,
  CreatePayloads1795334400000,
  CreateIntegrations1795338000000,
  CreateBilling1795341600000,
  CreateModels1795345200000,
  CreateConversations1795348800000,
  CreatePrompts1795352400000,
  CreateToolSets1795356000000,
  CreateWebhookEndpoints1795359600000,
];
