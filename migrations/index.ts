import { CreateOrganisationsAndPeople1795230000000 } from './1795230000000-create-organisations-and-people.js';
import { CreateAgents1795230100000 } from './1795230100000-create-agents.js';
import { CreateExecutions1795230200000 } from './1795230200000-create-executions.js';
import { CreateWaitsAndEffects1795316400000 } from './1795316400000-create-waits-and-effects.js';
import { CreateTriggers1795320000000 } from './1795320000000-create-triggers.js';
import { ClaimQueuedRunsFairly1795323600000 } from './1795323600000-claim-queued-runs-fairly.js';
import { PartitionRunHistory1795327200000 } from './1795327200000-partition-run-history.js';
import { CreateCallbacks1795330800000 } from './1795330800000-create-callbacks.js';

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
];
