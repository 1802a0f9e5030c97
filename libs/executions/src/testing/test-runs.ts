import { ExecutionTakeover } from '../execution-takeover.js';
import { ExecutionsQueries } from '../executions.queries.js';
import { ExecutionsService, type StartCommand } from '../executions.service.js';
import type { ExecutionsTestProcess } from './executions-test-process.js';
import type { TestOrg } from './test-org.js';

/** A background run of the organisation's agent, accepted by this process. @param more what differs @returns its id */
export async function startRun(
  process: ExecutionsTestProcess,
  org: TestOrg,
  more: Partial<StartCommand> = {},
): Promise<string> {
  const command: StartCommand = { agentId: org.agentId, input: {}, mode: 'background', trigger: 'api', ...more };
  return (await org.as(() => process.get(ExecutionsService).start(command))).executionId;
}

/** What a worker does with one run. @returns whether this process was the one to have it */
export function takeRun(process: ExecutionsTestProcess, org: TestOrg, id: string): Promise<boolean> {
  return org.as(() => process.get(ExecutionTakeover).take(id));
}

/** The run as its organisation sees it. */
export function readRun(
  process: ExecutionsTestProcess,
  org: TestOrg,
  id: string,
): ReturnType<ExecutionsQueries['get']> {
  return org.as(() => process.get(ExecutionsQueries).get(id));
}

/** The types of the run's events in their order, which has no gap. */
export async function eventTypesOf(process: ExecutionsTestProcess, org: TestOrg, id: string): Promise<string[]> {
  const { data } = await org.as(() => process.get(ExecutionsQueries).events(id, 0));
  expect(data.map(({ seq }) => seq)).toEqual(data.map((_event, index) => index + 1));
  return data.map(({ type }) => type);
}

/** Lets the lease of the run run out, as when its process has fallen silent. */
export function silenceRun(process: ExecutionsTestProcess, id: string): Promise<unknown> {
  return process.query(
    `UPDATE execution SET lease_expires_at = now() - interval '1 second' WHERE id = $1 RETURNING id`,
    [id],
  );
}
