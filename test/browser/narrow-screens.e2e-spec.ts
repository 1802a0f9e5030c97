import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';
import { type Furnished, furnish, screensOf } from './support/furnished-agentflow.js';
import { openBrowser } from './support/open-browser.js';
import { openScreen } from './support/screens.js';

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
      const visitor = screen.anonymous ? nobody : owner;
      await openScreen(visitor, screen);
      const excess = await visitor.page.evaluate(
        `Math.max(...[document.documentElement, document.querySelector('main')].map((box) => box ? box.scrollWidth - box.clientWidth : 0))`,
      );
      if (Number(excess) > 0) tooWide.push(`${screen.name} by ${Number(excess)} px`);
    }
    expect(tooWide).toEqual([]);
  });
});
