import type { Page } from 'playwright-core';
import { someText } from '../support/graphs/summary.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { eventually } from './support/eventually.js';
import { openBrowser } from './support/open-browser.js';

/** Real: server, browser and the built-in model, which speaks slowly enough to be watched. */
describe('building an agent', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;

  beforeAll(async () => {
    agentflow = await startAgentFlow({ settings: { SIMULATED_WORDS_PER_SECOND: '8' } });
  });

  afterAll(() => agentflow?.stop());

  it('goes from an empty graph by keyboard to a published version that answers live', async () => {
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    visitor.expect(/^PUT \/api\/v1\/agents\/[^/]+\/draft answered 422/);
    const { page } = visitor;
    await visitor.open('/agents/new');
    await page.getByLabel('Name', { exact: true }).fill('Summarise what is long');
    await page.getByRole('button', { name: 'Make agent' }).click();
    await node(page, 'start').waitFor();
    const agentId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const draft = () => agentflow.client.agents.draft(agentId);

    // A condition and a model, each added after what is chosen.
    await node(page, 'start').click();
    await add(page, 'Condition');
    await add(page, 'Language model');
    await eventually(async () => expect((await draft()).graph.nodes).toHaveLength(4));

    // What is wrong shows as a badge, which leads to the field.
    await node(page, 'condition').click();
    await write(page, 'Condition', '$length(input.text) >');
    const badge = node(page, 'condition').getByRole('button', { name: /problem/ });
    await badge.waitFor();
    await page
      .getByRole('region', { name: 'Inspector' })
      .getByText(/does not parse|Unexpected end/)
      .waitFor();
    await page.keyboard.press('Escape');
    await badge.click();
    await write(page, 'Condition', '$length(input.text) > 280');
    await badge.waitFor({ state: 'detached' });

    await node(page, 'llm').click();
    await write(page, 'Prompt', 'Summarise: {{ input.text }}');
    await connect(page, 'llm', 'output');
    await connect(page, 'condition', 'output', 'false');
    await node(page, 'output').click();
    await write(page, 'Output', '{ "text": steps.llm ? steps.llm.text : input.text }');

    const toolbar = page.getByRole('toolbar', { name: 'Graph editor' });
    await toolbar.getByText('No problems').waitFor();
    await toolbar.getByText(/^Saved/).waitFor();
    await toolbar.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => expect(expressionOf(await draft(), 'output')).toBe('{ "text": input.text }'));
    await toolbar.getByRole('button', { name: 'Redo' }).click();
    await eventually(async () => expect(expressionOf(await draft(), 'output')).toContain('steps.llm'));

    await toolbar.getByRole('button', { name: 'Publish version 1' }).click();
    const panel = page.getByRole('region', { name: 'Inspector' });
    await panel.getByText(/4 nodes and \d connections, all new/).waitFor();
    await panel.getByRole('button', { name: 'Publish version 1' }).click();
    await panel.getByText('Version 1 is published').first().waitFor();
    await panel.getByRole('button', { name: 'Run version 1' }).click();
    await panel.getByLabel('Text').fill(someText);
    await panel.getByRole('button', { name: 'Run version 1' }).click();

    await page.getByRole('option', { name: /^llm, .*Running/ }).click();
    const answer = page.getByRole('region', { name: 'Answer' });
    const early = await textOf(answer);
    await eventually(async () => expect((await textOf(answer)).length).toBeGreaterThan(early.length));
    await page.getByRole('heading', { level: 1 }).getByText('Succeeded').waitFor();
    const run = await agentflow.client.executions.get(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    await page.getByRole('option', { name: /^output,/ }).click();
    await page.getByText('The bridge over the river was closed').locator('visible=true').first().waitFor();
    expect(run).toMatchObject({ status: 'succeeded', version: 1, input: { text: someText } });
  });

  it('shows in the next version’s panel what was changed since the last', async () => {
    const { id } = await agentflow.client.agents.fromTemplate('summarise-text');
    const visitor = await browser.visit(agentflow.url, { as: firstOwner });
    const { page } = visitor;
    await visitor.open(`/agents/${id}?node=summary`);
    await write(page, 'System prompt', 'You summarise in one sentence.');
    await page.getByRole('button', { name: 'Publish version 2' }).click();
    const panel = page.getByRole('region', { name: 'Inspector' });
    await panel.getByText('You summarise in one sentence.').waitFor();
    await panel.getByLabel('Note').fill('Shorter');
    await panel.getByRole('button', { name: 'Publish version 2' }).click();
    await panel.getByText('Version 2 is published').first().waitFor();
    expect((await agentflow.client.agents.versions(id))[0]).toMatchObject({ number: 2, note: 'Shorter' });
  });
});

function node(page: Page, id: string) {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

/** Adds a node with `/`, as somebody does who knows the name of the kind. */
async function add(page: Page, kind: string): Promise<void> {
  await page.keyboard.press('/');
  const list = page.getByRole('dialog', { name: 'Add a node' });
  await list.getByPlaceholder('Search kinds of nodes').fill(kind);
  await page.keyboard.press('Enter');
  await list.waitFor({ state: 'detached' });
}

/** Puts a text into a code field in place of what is there. */
async function write(page: Page, label: string, text: string): Promise<void> {
  const field = page.locator(`.cm-content[aria-label="${label}"]`);
  await field.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

/** Connects by the list behind `C`. */
async function connect(page: Page, from: string, to: string, port?: string): Promise<void> {
  await node(page, from).click();
  await node(page, from).focus();
  await page.keyboard.press('c');
  const list = page.getByRole('dialog', { name: `Connect ${from}` });
  const group = port ? list.getByRole('group', { name: new RegExp(port) }) : list.getByRole('group', { name: 'Then' });
  await group.getByRole('option', { name: to }).click();
  await list.waitFor({ state: 'detached' });
}

function expressionOf(draft: { graph: { nodes: readonly { id: string; config: object }[] } }, id: string): string {
  const config = draft.graph.nodes.find((each) => each.id === id)?.config as { expression?: string } | undefined;
  return config?.expression ?? '';
}

async function textOf(place: ReturnType<Page['locator']>): Promise<string> {
  return (await place.textContent()) ?? '';
}
