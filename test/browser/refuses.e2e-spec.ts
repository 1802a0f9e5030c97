import { randomUUID } from 'node:crypto';
import { greeting } from '../support/graphs/greeting.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { openBrowser } from './support/open-browser.js';

describe('what the dashboard refuses, and how it says so', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;
  let agentId: string;
  const viewer = { email: `viewer-${randomUUID()}@example.com`, password: `pass-${randomUUID()}` };

  beforeAll(async () => {
    agentflow = await startAgentFlow();
    agentId = await agentflow.client.agents.publishNew(greeting(), 'Greeter');
    const { body } = await agentflow.anonymous.auth.logIn(firstOwner.email, firstOwner.password);
    const { link } = await agentflow.client.as(body.accessToken).org.invite(viewer.email, 'viewer');
    const invitationToken = new URL(link).searchParams.get('token') ?? link.split('/').at(-1) ?? '';
    await agentflow.anonymous.auth.signUp({ ...viewer, invitationToken });
  });

  afterAll(() => agentflow?.stop());

  it('lets a viewer read and offers nothing that would be refused', async () => {
    const visitor = await browser.visit(agentflow.url, { as: viewer });
    const { page } = visitor;
    await visitor.open('/agents');
    await page.getByRole('link', { name: 'Greeter' }).waitFor();
    expect(await page.getByRole('link', { name: 'New agent' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Import' }).count()).toBe(0);

    await page.getByRole('link', { name: 'Greeter' }).click();
    const toolbar = page.getByRole('toolbar', { name: 'Graph editor' });
    await toolbar.getByText('Read only').waitFor();
    for (const name of ['Add', 'Undo', 'Run', /^Publish/]) {
      expect(await toolbar.getByRole('button', { name, exact: true }).count()).toBe(0);
    }
    await page.getByRole('group', { name: /^greet, / }).click();
    await page.getByRole('region', { name: 'Inspector' }).waitFor();
    expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press('Delete');
    expect(await page.getByRole('group', { name: /^greet, / }).count()).toBe(1);

    await page.getByRole('link', { name: 'Versions' }).click();
    await page.getByRole('heading', { name: 'Version 1' }).waitFor();
    expect(await page.getByRole('button', { name: 'Restore as draft' }).count()).toBe(0);

    await visitor.open('/settings/members');
    await page.getByRole('table', { name: 'Members' }).waitFor();
    expect(await page.getByRole('button', { name: 'Invite' }).count()).toBe(0);
  });

  it('says that there is no such run, agent or page', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    visitor.expect(/answered 404/);
    await visitor.open(`/runs/${randomUUID()}`);
    await visitor.page.getByRole('heading', { name: 'There is no run at this address', level: 1 }).waitFor();
    await visitor.page.getByRole('link', { name: 'Show all runs' }).click();
    await visitor.page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await visitor.open(`/agents/${randomUUID()}`);
    await visitor.page.getByRole('heading', { name: 'There is nothing at this address', level: 1 }).waitFor();
    await visitor.open('/no/such/page');
    await visitor.page.getByRole('heading', { name: 'There is nothing at this address', level: 1 }).waitFor();
  });

  it('asks for the sign-in first and then leads to where the link went', async () => {
    const visitor = await browser.visit(agentflow.url);
    visitor.expect(/^POST \/api\/v1\/auth\/login answered 401/);
    const { page } = visitor;
    await visitor.open(`/agents/${agentId}/versions`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail address').fill(firstOwner.email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(firstOwner.email);
    await page.getByLabel('Password').fill(firstOwner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Version 1' }).waitFor();
  });

  it('shows input that the agent does not take at its field, and starts nothing', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    visitor.expect(/^POST \/api\/v1\/executions answered 422/);
    const { page } = visitor;
    const { id } = await agentflow.client.agents.fromTemplate('rate-review');
    await visitor.open(`/agents/${id}?panel=run`);
    const panel = page.getByRole('region', { name: 'Inspector' });
    await panel.getByRole('button', { name: 'Run version 1' }).click();
    await panel.locator('[aria-invalid=true]').first().waitFor();
    expect((await agentflow.client.executions.list(`?agentId=${id}`)).data).toEqual([]);
  });

  it('stays readable while the server is down, and comes back with it', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    visitor.expect(/ERR_/);
    const { page } = visitor;
    await visitor.open('/runs');
    const later = page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: /^Greeter/ });
    await page.getByRole('table', { name: 'Runs' }).getByText('Summarise a text').waitFor();
    await agentflow.kill9();
    await page.getByText('AgentFlow does not answer').waitFor();
    await page.getByRole('table', { name: 'Runs' }).getByText('Summarise a text').waitFor();
    await agentflow.restart();
    await page.getByText('AgentFlow does not answer').waitFor({ state: 'detached' });
    await agentflow.client.executions.run({ agentId, input: { name: 'again' } });
    await later.waitFor();
  });
});
