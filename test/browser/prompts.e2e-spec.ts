import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Graph } from '../support/clients/agents.client.js';
import { chain } from '../support/graphs/chain.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { openBrowser } from './support/open-browser.js';
import { openScreen, type Screen } from './support/screens.js';
import type { Visitor } from './support/visitor.js';

/** Real: server, browser, runs; the model is the built-in one. */
describe('the prompt library', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
  });

  afterAll(() => agentflow?.stop());

  it('is learned from its empty page: write, publish, change, try beside each other, restore', async () => {
    const owner = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = owner;
    await owner.open('/prompts');
    await page.getByText('No prompts yet').waitFor();
    await page.getByRole('link', { name: 'Write the first prompt' }).click();

    await page.getByLabel('Name', { exact: true }).fill('Ticket Summary');
    await page.getByRole('button', { name: 'Make prompt' }).click();
    await page.getByText('Use small letters and digits').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('ticket-summary');
    await page.getByRole('button', { name: 'Make prompt' }).click();

    await page.getByRole('heading', { name: 'ticket-summary' }).waitFor();
    await page.getByRole('region', { name: 'User text, filled in' }).getByText('two of five people are ill').waitFor();
    await page.getByLabel('Note').fill('The first');
    await page.getByRole('button', { name: 'Publish version 1' }).click();
    await page.getByText('Version 1 is published', { exact: true }).first().waitFor();

    owner.expect(/PUT \/api\/v1\/prompts\/\S+\/draft answered 422/, /render answered 422/);
    await type(page, 'User text', 'Summarise for {{ reader }}:\n{{ text }}');
    await page.getByRole('button', { name: 'Declare reader' }).click();
    await page
      .getByRole('textbox', { name: /^Example/ })
      .last()
      .fill('a colleague');
    await page.getByText(/^Saved/).waitFor();
    await page.getByRole('region', { name: 'User text, filled in' }).getByText('Summarise for a colleague').waitFor();
    await page.getByText('What changes since version 1').click();
    await page.getByText('added: Summarise for {{ reader }}:').waitFor({ state: 'attached' });

    await page.getByRole('link', { name: 'Try', exact: true }).click();
    await page.getByRole('textbox', { name: 'reader', exact: true }).fill('the board');
    await page.getByRole('button', { name: 'Try 2' }).click();
    for (const label of ['Draft', 'Version 1']) {
      await page.getByRole('region', { name: `Answer of ${label} with simulated/offline` }).waitFor();
    }
    await page.locator('[data-status=succeeded]').nth(1).waitFor();
    await page.getByText('What was sent').first().click();
    await page.getByText('Summarise for the board').waitFor();

    await page.getByRole('link', { name: 'Versions' }).click();
    await page.getByRole('heading', { name: 'Version 1' }).waitFor();
    await page.getByLabel('Compare with').selectOption('draft');
    await page.getByRole('group', { name: 'Changes from version 1 to the draft' }).waitFor();
    await page.getByRole('button', { name: 'Restore as draft' }).click();
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByText('Nothing has changed since version 1.').waitFor();
    await page.getByText('Summarise this for somebody').first().waitFor();
  });

  it('is chosen in a node of an agent, in place of its own texts, with an expression for each variable', async () => {
    const { http, agents } = agentflow.client;
    const { id } = await http.ask<{ id: string }>('POST', '/prompts', { name: 'chosen' });
    await http.ask('POST', `/prompts/${id}/publish`, {});
    const agentId = await agents.publishNew(
      chain([{ id: 'ask', kind: 'llm', config: { model: 'simulated/offline', prompt: 'Hello' } }]),
    );
    const owner = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = owner;
    owner.expect(/draft answered 422/);
    await owner.open(`/agents/${agentId}`);
    await page.locator('.react-flow__node[data-id="ask"]').click();
    await page.getByLabel('Prompt from the library').selectOption('chosen');
    await page.getByText('needs a value for “text”').first().waitFor();
    const value = page.locator('.cm-content[aria-label="text"]');
    await value.click();
    await page.keyboard.insertText('input.text');
    await page.getByRole('toolbar', { name: 'Graph editor' }).getByText('No problems').waitFor();
    const { graph } = await http.ask<{ graph: Graph }>('GET', `/agents/${agentId}/draft`);
    expect(graph.nodes.find((node) => node.id === 'ask')?.config).toEqual({
      model: 'simulated/offline',
      promptRef: { name: 'chosen', variables: { text: 'input.text' } },
    });
  });

  it('says so when somebody else has saved first, and lets the person choose', async () => {
    const { id } = await agentflow.client.http.ask<{ id: string }>('POST', '/prompts', { name: 'shared' });
    const owner = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = owner;
    owner.expect(/draft answered 412/);
    await owner.open(`/prompts/${id}`);
    await page.getByText('Nothing keeps it from being published.').waitFor();
    await agentflow.client.http.ask('PUT', `/prompts/${id}/draft`, { user: 'Theirs' });
    await type(page, 'User text', 'Mine');
    await page.getByText('Somebody else has saved this draft').waitFor();
    await page.getByRole('button', { name: 'Load theirs' }).click();
    await page.getByText('Theirs', { exact: true }).first().waitFor();
  });

  it('can be used at 360 px and by everybody', async () => {
    const { id } = await agentflow.client.http.ask<{ id: string }>('POST', '/prompts', { name: 'narrow' });
    await agentflow.client.http.ask('POST', `/prompts/${id}/publish`, {});
    const screens: Screen[] = [
      { name: 'list', path: '/prompts', shows: 'narrow' },
      { name: 'new', path: '/prompts/new', shows: 'Make prompt' },
      { name: 'editor', path: `/prompts/${id}`, shows: 'Publish version 2' },
      { name: 'try', path: `/prompts/${id}/try`, shows: 'Candidates' },
      { name: 'versions', path: `/prompts/${id}/versions`, shows: 'Restore as draft' },
    ];
    const wide = await browser.visit(agentflow.url, { as: firstOwner });
    const narrow = await browser.visit(agentflow.url, { as: firstOwner, width: 360, height: 740 });
    const findings: string[] = [];
    for (const screen of screens) {
      await openScreen(wide, screen);
      findings.push(...(await violations(wide, screen)));
      await openScreen(narrow, screen);
      const excess = await narrow.page.evaluate(
        `Math.max(...[document.documentElement, document.querySelector('main')].map((box) => box ? box.scrollWidth - box.clientWidth : 0))`,
      );
      if (Number(excess) > 0) findings.push(`${screen.name} is too wide by ${Number(excess)} px`);
    }
    expect(findings).toEqual([]);
  });
});

/** Replaces what stands in a code editor. */
async function type(page: Page, label: string, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: label });
  await editor.click();
  await editor.fill(text);
}

async function violations({ page }: Visitor, screen: Screen): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { violations: all } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], preload: false })
    .analyze();
  return all
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${screen.name}: ${id} at ${nodes.map((node) => node.html).join(' and ')}`);
}
