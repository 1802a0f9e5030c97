import { eventually } from './support/eventually.js';
import { type FirstStart, firstStart } from './support/first-start.js';
import { openBrowser } from './support/open-browser.js';

describe('the first minutes with AgentFlow', () => {
  const browser = openBrowser();
  let start: FirstStart;

  beforeAll(async () => {
    start = await firstStart();
  });

  afterAll(() => start?.agentflow.stop());

  it('leads from the printed link over the sample run to an own run and a call by key', async () => {
    const { page } = await browser.visit(start.agentflow.url);

    await page.goto(start.link);
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    expect(new URL(page.url()).search).not.toContain('link=');
    const steps = page.getByRole('region', { name: 'First steps' });
    await steps.getByText('0 of 4').waitFor();
    expect(await steps.getByRole('listitem').count()).toBe(4);
    const sample = page.getByRole('region', { name: /A finished run of/ });
    await sample.getByText('Succeeded').waitFor();
    await sample.getByText('Summarise', { exact: true }).waitFor();
    await sample.getByText('"summarised"').or(sample.getByText('summarised:')).first().waitFor();

    await steps.getByRole('link', { name: 'Open the sample run' }).click();
    await page.getByRole('heading', { name: /Summarise a text/, level: 1 }).waitFor();
    const waterfall = page.getByRole('listbox');
    await waterfall.getByRole('option', { name: /^Summarise, .*Succeeded/ }).waitFor();
    expect(await waterfall.getByRole('option').count()).toBe(5);
    expect(await waterfall.locator('[data-outcome="succeeded"]').count()).toBe(5);
    await waterfall.getByRole('option', { name: /^Summarise,/ }).click();
    await page.getByText('offline, not a neural model').first().waitFor();
    await page.getByRole('tab', { name: 'Prompt as sent' }).click();
    await page.getByText('The city council of Marburg').first().waitFor();

    await page.getByRole('link', { name: 'Home' }).click();
    await steps.getByText('1 of 4').waitFor();
    await fetch(`${start.agentflow.url}/api/v1/agents`, { headers: { authorization: `Bearer ${start.apiKey}` } });
    await eventually(async () => {
      await page.reload();
      await steps.getByText('2 of 4').waitFor({ timeout: 3_000 });
    });
  });

  it('takes the printed link once', async () => {
    const visitor = await browser.visit(start.agentflow.url);
    visitor.expect(/^POST \/api\/v1\/auth\/link answered 4/);
    await visitor.page.goto(start.link);
    await visitor.page.getByRole('alert').first().waitFor();
    expect(await visitor.page.getByRole('heading', { name: 'Home' }).count()).toBe(0);
  });
});
