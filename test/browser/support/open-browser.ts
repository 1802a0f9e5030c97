import { join } from 'node:path';
import { projectRoot } from '../../support/processes/environment.js';
import { Chromium } from './chromium.js';

/**
 * Chromium for the tests of a file: launched once, emptied after each test, which fails if a page logged an error, threw,
 * or asked AgentFlow for something in vain, unless it said before that it expects that. What each test saw last lies in
 * `test-results/browser`.
 */
export function openBrowser(): Chromium {
  const browser = new Chromium();
  beforeAll(() => browser.launch());
  afterEach(async () => {
    const name = (expect.getState().currentTestName ?? 'test').replace(/[^A-Za-z0-9]+/g, '-').slice(0, 120);
    const complaints = await browser.leave(join(projectRoot, 'test-results', 'browser', `${name}.png`));
    if (complaints.length > 0) throw new Error(`The page was not in good health:\n${complaints.join('\n')}`);
  });
  afterAll(() => browser.close());
  return browser;
}
