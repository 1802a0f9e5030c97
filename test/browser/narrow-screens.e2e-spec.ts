import { newOrg } from '../support/new-org.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { type Furnished, furnish, screensOf } from './support/furnished-agentflow.js';
import { openBrowser } from './support/open-browser.js';
import { openScreen, type Screen } from './support/screens.js';
import type { Visitor } from './support/visitor.js';

/** Real: server, browser, every screen in an organisation that has been worked in. */
describe('every screen', () => {
  const browser = openBrowser();
  let agentflow: AgentFlow;
  let furnished: Furnished;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
    furnished = await furnish(agentflow);
  });

  afterAll(() => agentflow?.stop());

  it('fits into 360 px without scrolling sideways', async () => {
    const [owner, nobody] = await Promise.all([
      browser.visit(agentflow.url, { as: firstOwner, width: 360, height: 740 }),
      browser.visit(agentflow.url, { width: 360, height: 740 }),
    ]);
    const tooWide: string[] = [];
    for (const screen of screensOf(furnished)) {
      const excess = await excessOf(screen.anonymous ? nobody : owner, screen);
      if (excess > 0) tooWide.push(`${screen.name} by ${excess} px`);
    }
    expect(tooWide).toEqual([]);
  });

  it('fits for somebody who has just begun and is shown how to call the first agent', async () => {
    const begun = await newOrg(agentflow.url);
    await begun.owner.agents.fromTemplate('triage-support-ticket');
    const newcomer = await browser.visit(agentflow.url, { as: begun, width: 360, height: 740 });
    expect(await excessOf(newcomer, { name: 'home', path: '/', shows: '$AGENTFLOW_API_KEY' })).toBe(0);
  });

  async function excessOf(visitor: Visitor, screen: Screen): Promise<number> {
    await openScreen(visitor, screen);
    return visitor.page.evaluate(
      `Math.max(...[document.documentElement, document.querySelector('main')].map((box) => box ? box.scrollWidth - box.clientWidth : 0))`,
    );
  }
});
