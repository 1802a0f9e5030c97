import { randomUUID } from 'node:crypto';
import { ApiClient } from '../support/clients/api.client.js';
import { greeting } from '../support/graphs/greeting.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { openBrowser } from './support/open-browser.js';

describe('settings', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
  });

  afterAll(() => agentflow?.stop());

  it('invites somebody by a link that lets them join in another browser', async () => {
    const owner = await browser.visit(agentflow.url, { as: firstOwner });
    const email = `grace-${randomUUID()}@example.com`;
    await owner.open('/settings/members');
    await owner.page.getByLabel('E-mail address').fill(email);
    await owner.page.getByLabel('Role', { exact: true }).selectOption('viewer');
    await owner.page.getByRole('button', { name: 'Invite' }).click();
    const link = await owner.page.getByLabel('Invitation link').inputValue();
    await owner.page.getByRole('table', { name: 'Invitations' }).getByText(email).waitFor();

    const guest = await browser.visit(agentflow.url);
    await guest.page.goto(link);
    await guest.page.getByText(`This invitation is for ${email}`).waitFor();
    await guest.page.getByLabel('Your name').fill('Grace Hopper');
    await guest.page.getByLabel('Choose a password').fill('short');
    await guest.page.getByRole('button', { name: /^Join/ }).click();
    await guest.page.getByText('at least 12 characters', { exact: false }).first().waitFor();
    await guest.page.getByLabel('Choose a password').fill(`pass-${randomUUID()}`);
    await guest.page.getByRole('button', { name: /^Join/ }).click();
    await guest.page.getByRole('heading', { name: 'Home' }).waitFor();
    await guest.page.getByRole('button', { name: /Grace Hopper/ }).waitFor();

    await owner.page.reload();
    const members = owner.page.getByRole('table', { name: 'Members' });
    await members.getByText('Grace Hopper').waitFor();
    await owner.page.getByLabel(`Role of ${email}`).selectOption('editor');
    await guest.page.reload();
    await guest.page.getByRole('button', { name: /Grace Hopper editor/ }).waitFor();
  });

  it('shows an API key once, and the key starts runs', async () => {
    const agentId = await agentflow.client.agents.publishNew(greeting(), 'Greeter');
    const owner = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = owner;
    await owner.open('/settings/api-keys');
    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByRole('button', { name: 'Make key' }).click();
    await page
      .getByText('Write a name')
      .or(page.getByText('a name', { exact: false }))
      .first()
      .waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Command line');
    await page.getByRole('button', { name: 'Make key' }).click();
    const key = await page.getByLabel('API key', { exact: true }).inputValue();
    await page.getByText(`Bearer ${key}`).first().waitFor();

    const caller = new ApiClient(agentflow.url, key);
    const run = await caller.executions.run({ agentId, input: { name: 'curl' } });
    expect(run).toMatchObject({ status: 'succeeded', output: { greeting: 'Hello, curl' } });
    expect((await caller.agents.archive(agentId)).status).toBe(403);

    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.reload();
    const row = page.getByRole('row', { name: /Command line/ });
    await row.getByText('executions:start').waitFor();
    expect(await page.getByText(key).count()).toBe(0);

    await row.getByRole('button', { name: 'Revoke Command line' }).click();
    await page.getByLabel(/^Type/).fill('Command line');
    await page.getByRole('button', { name: 'Revoke key' }).click();
    await row.waitFor({ state: 'detached' });
    expect((await caller.executions.tryStart({ agentId })).status).toBe(401);
  });

  it('switches between organisations, each with what is its own', async () => {
    await agentflow.client.agents.create('Of the first');
    const owner = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = owner;
    await owner.open('/agents');
    await page.getByRole('link', { name: 'Of the first' }).waitFor();

    await page.getByRole('button', { name: `Organisation ${firstOwner.org}, switch` }).click();
    await page.getByRole('menuitem', { name: 'New organisation' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Difference Engines');
    await page.getByRole('button', { name: 'Make organisation' }).click();
    await page.getByRole('button', { name: 'Organisation Difference Engines, switch' }).waitFor();
    await page.getByRole('link', { name: 'Agents', exact: true }).click();
    await page.getByText('No agents yet').waitFor();

    await page.getByRole('button', { name: 'Organisation Difference Engines, switch' }).click();
    await page.getByText(firstOwner.org).click();
    await page.getByRole('button', { name: `Organisation ${firstOwner.org}, switch` }).waitFor();
    await page.getByRole('link', { name: 'Agents', exact: true }).click();
    await page.getByRole('link', { name: 'Of the first' }).waitFor();
  });
});
