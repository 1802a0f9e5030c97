import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../support/processes/environment.js';
import { firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { Chromium } from './support/chromium.js';

/**
 * Takes the pictures of the documentation anew: `node apps/cli/run-built.mjs test/browser/take-screenshots`.
 * No part of the tests; they are looked at and committed by hand.
 */
const FOLDER = join(projectRoot, 'docs', 'screenshots');

/** Slow enough that the waterfall shows how the time went. */
const agentflow = await startAgentFlow({ settings: { SIMULATED_WORDS_PER_SECOND: '40' } });
const browser = new Chromium();
try {
  await mkdir(FOLDER, { recursive: true });
  await browser.launch();
  const { client, url } = agentflow;
  const template = (await client.agents.templates()).find(({ slug }) => slug === 'triage-support-ticket');
  const { id: agentId } = await client.agents.fromTemplate('triage-support-ticket');
  const run = await client.executions.run({ agentId, input: template?.sampleInput });

  const { page } = await browser.visit(url, { as: firstOwner });
  await page.goto(`${url}/runs/${run.id}?step=reply`);
  await page.getByText('Kind regards').locator('visible=true').first().waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(FOLDER, 'run-page.png') });

  await page.goto(`${url}/agents/${agentId}?node=classify`);
  await page.getByText('Leads to').waitFor();
  await page.waitForTimeout(1_000);
  await page.screenshot({ path: join(FOLDER, 'editor.png') });
} finally {
  await browser.leave();
  await browser.close();
  await agentflow.discard();
}
