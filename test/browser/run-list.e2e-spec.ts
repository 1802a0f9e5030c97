import { randomUUID } from 'node:crypto';
import { chain } from '../support/graphs/chain.js';
import { greeting } from '../support/graphs/greeting.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { eventually } from './support/eventually.js';
import { openBrowser } from './support/open-browser.js';

const RUNS = 55;

describe('the list of runs', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;
  let greeter: string;
  let refuser: string;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
    const { agents, executions } = agentflow.client;
    greeter = await agents.publishNew(greeting(), 'Greeter');
    const refusing = chain([{ id: 'bad', kind: 'transform', config: { expression: '$number("none")' } }]);
    refuser = await agents.publishNew(refusing, 'Refuser');
    for (let left = RUNS; left > 0; left -= 5) {
      await Promise.all(
        Array.from({ length: 5 }, () => executions.run({ agentId: greeter, input: { name: randomUUID() } })),
      );
    }
    await executions.run({ agentId: refuser });
  });

  afterAll(() => agentflow?.stop());

  it('keeps its filters in the address, and goes back to them', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = visitor;
    await visitor.open('/runs');
    const rows = page.getByRole('table', { name: 'Runs' }).locator('tbody tr');
    await rows.first().getByText('Failed').waitFor();

    await page.getByLabel('Status').selectOption({ label: 'Failed' });
    await eventually(async () => expect(await rows.count()).toBe(1));
    expect(new URL(page.url()).searchParams.get('status')).toBe('failed');
    await rows.getByRole('link', { name: /^Refuser/ }).click();
    await page.getByText('The step “bad” failed').waitFor();

    await page.goBack();
    await eventually(async () => expect(await rows.count()).toBe(1));
    expect(await page.getByLabel('Status').inputValue()).toBe('failed');

    await page.getByLabel('Agent').selectOption({ label: 'Greeter' });
    await page.getByText('No run matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await rows.nth(1).waitFor();
    expect(new URL(page.url()).search).toBe('');

    await visitor.open(`/runs?status=succeeded&agentId=${greeter}`);
    await rows.first().waitFor();
    expect(await rows.getByText('Failed').count()).toBe(0);
  });

  it('shows older runs page by page, each once', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = visitor;
    await visitor.open(`/runs?agentId=${greeter}`);
    const links = page.getByRole('link', { name: /^Greeter, run / });
    await links.first().waitFor();
    expect(await links.count()).toBeLessThan(RUNS);
    await eventually(async () => {
      const more = page.getByRole('button', { name: 'Older runs' });
      if (await more.isVisible()) await more.click();
      expect(await links.count()).toBe(RUNS);
    });
    const addresses = await links.evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href));
    expect(new Set(addresses).size).toBe(RUNS);
    await page.getByRole('button', { name: 'Older runs' }).waitFor({ state: 'detached' });
  });

  it('shows a run that starts elsewhere without being asked', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    await visitor.open(`/runs?agentId=${refuser}`);
    const rows = visitor.page.getByRole('table', { name: 'Runs' }).locator('tbody tr');
    await rows.first().waitFor();
    await agentflow.client.executions.run({ agentId: refuser });
    await rows.nth(1).waitFor();
  });

  it.each([360, 390])('fits into %i px without scrolling sideways', async (width) => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner, width, height: 800 });
    await visitor.open('/runs');
    const table = visitor.page.getByRole('table', { name: 'Runs' });
    await table.locator('tbody tr').first().waitFor();
    expect((await table.boundingBox())?.width).toBeLessThanOrEqual(width);
  });
});
