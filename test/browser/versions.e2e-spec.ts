import { readFile } from 'node:fs/promises';
import { greeting } from '../support/graphs/greeting.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { openBrowser } from './support/open-browser.js';

describe('versions of an agent', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;
  let agentId: string;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
    const { agents } = agentflow.client;
    agentId = await agents.publishNew(greeting('Hello'), 'Greeter');
    await agents.draw(agentId, greeting('Good day'));
    await agents.publish(agentId, 'More polite');
  });

  afterAll(() => agentflow?.stop());

  it('shows what each version changed and makes an old one the draft again', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = visitor;
    await visitor.open(`/agents/${agentId}/versions`);
    await page.getByRole('heading', { name: 'Version 2' }).waitFor();
    await page.getByText('More polite').first().waitFor();
    const changes = page.getByRole('list', { name: 'Changes from version 1 to 2' });
    await changes.getByText('"Hello, " & input.name').waitFor();
    await changes.getByText('"Good day, " & input.name').waitFor();

    await page.getByRole('link', { name: /^Version 1/ }).click();
    await page.getByRole('heading', { name: 'Version 1' }).waitFor();
    expect(new URL(page.url()).searchParams.get('version')).toBe('1');
    await page.getByRole('button', { name: 'Restore as draft' }).click();
    await page.getByRole('button', { name: 'Restore version 1' }).click();

    const toolbar = page.getByRole('toolbar', { name: 'Graph editor' });
    await toolbar.getByRole('button', { name: 'Publish version 3' }).click();
    await page.getByRole('region', { name: 'What changes' }).getByText('greet').first().waitFor();
    const { graph } = await agentflow.client.agents.draft(agentId);
    expect(graph.nodes.find(({ id }) => id === 'greet')?.config.expression).toBe('"Hello, " & input.name');
    expect((await agentflow.client.agents.versions(agentId)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('duplicates an agent, and brings one to another place by a file', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = visitor;
    await visitor.open(`/agents/${agentId}/versions`);
    await page.getByRole('button', { name: 'More about Greeter' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await page.waitForURL((url) => !url.pathname.includes(agentId));
    await page.getByText('Not published yet').waitFor();

    await visitor.open(`/agents/${agentId}`);
    await page.getByRole('button', { name: 'More about Greeter' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export' }).click(),
    ]);
    const file = JSON.parse(await readFile(await download.path(), 'utf8')) as { graph: object };
    const { graph } = await agentflow.client.agents.draft(agentId);
    expect(file.graph).toEqual(graph);

    await visitor.open('/agents');
    await page.locator('input[type=file]').setInputFiles({
      name: 'greeter.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ ...file, name: 'Greeter from a file' })),
    });
    await page.getByRole('heading', { name: /Greeter from a file/ }).waitFor();
    const imported = page.url().split('/').at(-1) ?? '';
    expect((await agentflow.client.agents.draft(imported)).graph).toEqual(graph);
  });

  it('says what is wrong with a file that is no agent', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    visitor.expect(/^POST \/api\/v1\/agents\/import answered 4/);
    const { page } = visitor;
    await visitor.open('/agents');
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{ not json') });
    await page.getByText('The file was not imported').waitFor();
    await choose.setInputFiles({ name: 'y.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') });
    await page.getByText('The file was not imported').waitFor();
    expect(new URL(page.url()).pathname).toBe('/agents');
  });
});
