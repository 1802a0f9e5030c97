import type { Page } from 'playwright-core';
import type { ApiClient } from '../support/clients/api.client.js';
import { FakeOutsideWorld } from '../support/fake-outside-world.js';
import { tenSlowSteps, tenSteps } from '../support/graphs/ten-slow-steps.js';
import { expectWholeRun } from '../support/invariants.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { openBrowser } from './support/open-browser.js';
import { readEventsTab } from './support/read-events-tab.js';

const STEP_MS = 300;

/** Real: server, browser, the crash. Fake: the slow service that the ten steps call. */
describe('watching a run', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;
  let world: FakeOutsideWorld;
  let client: ApiClient;

  beforeAll(async () => {
    [agentflow, world] = await Promise.all([startAgentFlow(), FakeOutsideWorld.start({ delayMs: STEP_MS })]);
    client = agentflow.client;
  });

  afterAll(async () => {
    await world?.stop();
    await agentflow?.stop();
  });

  it('shows each step as it starts and ends, and goes on after a reload in the middle', async () => {
    const release = world.hold('/reload/s3');
    const { visitor, id } = await watch('reload');
    const { page } = visitor;
    await option(page, 's2', 'Succeeded').waitFor();
    await option(page, 's3', 'Running').waitFor();
    expect(await option(page, 's9').count()).toBe(0);

    await page.reload();
    await option(page, 's3', 'Running').waitFor();
    release();
    await expectWholePage(page, id);
  });

  it('catches up when its socket was dropped', async () => {
    const { visitor, id } = await watch('socket');
    const { page, context } = visitor;
    visitor.expect(/ERR_INTERNET_DISCONNECTED/);
    await option(page, 's2', 'Succeeded').waitFor();
    await context.setOffline(true);
    await page.getByText('You are offline').waitFor();
    await world.reached('/socket/s5');
    await context.setOffline(false);
    await expectWholePage(page, id);
  });

  it('catches up when the server was killed in the middle and came back', async () => {
    const release = world.hold('/killed/s4');
    const { visitor, id } = await watch('killed');
    const { page } = visitor;
    visitor.expect(/ERR_(CONNECTION_|EMPTY_RESPONSE|SOCKET|INCOMPLETE)/, /^GET \/health\/live/);
    await option(page, 's3', 'Succeeded').waitFor();
    await agentflow.kill9();
    await page.getByText('AgentFlow does not answer').waitFor();
    await option(page, 's3', 'Succeeded').waitFor();
    release();
    await agentflow.restart();

    await page.getByText('AgentFlow does not answer').waitFor({ state: 'detached' });
    await page.getByText('resumed after a restart, attempt 2').waitFor();
    await expectWholePage(page, id);
  });

  /** Starts a run of ten slow steps and opens its page. */
  async function watch(name: string) {
    const agentId = await client.agents.publishNew(tenSlowSteps(`${world.url}/${name}`), `Ten steps, ${name}`);
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    await visitor.open('/runs');
    const { id } = await client.executions.start({ agentId });
    await visitor.open(`/runs/${id}`);
    return { visitor, id };
  }

  /** The page ends where the run does, and has every event of its log, once and in order. */
  async function expectWholePage(page: Page, id: string): Promise<void> {
    await page.getByRole('heading', { level: 1 }).getByText('Succeeded').waitFor({ timeout: 60_000 });
    for (const step of tenSteps) await option(page, step, 'Succeeded').waitFor();
    const { events } = await expectWholeRun(client, id);
    expect(await readEventsTab(page)).toEqual(
      events.map(({ seq, type, stepId }) => `${seq} ${type} ${stepId ?? ''}`.trim()),
    );
  }
});

/** A row of the waterfall. */
function option(page: Page, step: string, status = '') {
  return page.getByRole('option', { name: new RegExp(`^${step}, .*${status}`) });
}
