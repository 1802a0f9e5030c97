import { askFirst } from '../support/graphs/ask-first.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { openBrowser } from './support/open-browser.js';

const PHONE = { width: 360, height: 740 };

/** Real: server, browser, the runs that wait. */
describe('approvals', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;
  let agentId: string;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
    agentId = await agentflow.client.agents.publishNew(askFirst(), 'Refunds');
  });

  afterAll(() => agentflow?.stop());

  it('are taken on a phone, with what the form asks for, and the run goes on', async () => {
    const id = await ask('Grace Hopper', 120);
    const visitor = await browser.visit(agentflow.url, { as: firstOwner, ...PHONE });
    const { page } = visitor;
    await visitor.open('/approvals');
    await page.getByRole('link', { name: /Refund 120 € to Grace Hopper/ }).click();
    const question = page.getByRole('article', { name: 'Refund 120 € to Grace Hopper?' });
    await question.getByText('Amount', { exact: true }).waitFor();

    await question.getByRole('button', { name: 'Approve' }).click();
    await question.getByText('Fill in Note for the customer.').waitFor();
    await question.getByLabel('Note for the customer').fill('With our apologies');
    await question.getByRole('button', { name: 'Approve' }).click();
    await question.getByText('Approved', { exact: true }).waitFor();

    expect(await agentflow.client.executions.ended(id)).toMatchObject({
      status: 'succeeded',
      output: { note: 'With our apologies' },
    });
    await question.getByRole('button', { name: 'All approvals' }).click();
    await page.getByText('Nobody is asked anything').waitFor();
    await page.getByRole('link', { name: 'Decided' }).click();
    await page.getByRole('link', { name: /Refund 120 € to Grace Hopper/ }).waitFor();
  });

  it('say what somebody else has decided first', async () => {
    const id = await ask('Alan Turing', 900);
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = visitor;
    visitor.expect(/answered 409/);
    await visitor.open('/approvals');
    const question = page.getByRole('article', { name: 'Refund 900 € to Alan Turing?' });
    await question.getByLabel('Note for the customer').fill('Too late');
    // What is on the page must not be refreshed before the button is pressed.
    await page.route('**/api/v1/waits?**', (route) => route.abort('blockedbyclient'));
    visitor.expect(/ERR_BLOCKED_BY_CLIENT/);
    await agentflow.client.executions.tryDecide(id, 'rejected');
    await question.getByRole('button', { name: 'Approve' }).click();
    await question.getByText('It was decided already').waitFor();
    await question.getByText('Rejected', { exact: true }).waitFor();
    expect(await question.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect((await agentflow.client.executions.ended(id)).output).toEqual({ refused: true });
  });

  it('are counted beside their place without being asked for', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = visitor;
    await visitor.open('/runs');
    const place = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Approvals/ });
    await place.waitFor();
    const id = await ask('Ada Lovelace', 40);
    await place.getByText('1 open', { exact: true }).waitFor();
    await agentflow.client.executions.tryDecide(id, 'rejected');
    await place.getByText('1 open', { exact: true }).waitFor({ state: 'detached' });
  });

  it('are taken on the page of the run, where the reason stands first', async () => {
    const id = await ask('Edsger Dijkstra', 75);
    const visitor = await browser.visit(agentflow.url, { as: firstOwner, ...PHONE });
    const { page } = visitor;
    await visitor.open(`/runs/${id}`);
    await page.getByRole('option', { name: /^Ask first, Approval, waiting for approval/ }).waitFor();
    await page.getByRole('button', { name: 'Decide' }).click();
    const decision = page.getByRole('region', { name: 'Decision' });
    await decision.getByRole('button', { name: 'Reject' }).click();
    await decision.getByText('Rejected', { exact: true }).waitFor();
    await page.getByRole('heading', { level: 1 }).getByText('Succeeded').waitFor();
  });

  /** Starts a run and waits until it asks. */
  async function ask(customer: string, amount: number): Promise<string> {
    const { id } = await agentflow.client.executions.start({ agentId, input: { customer, amount } });
    await agentflow.client.executions.waiting(id);
    return id;
  }
});
