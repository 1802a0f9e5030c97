import { openBrowser } from './support/open-browser.js';
import { furnish, screensOf, type Furnished } from './support/furnished-agentflow.js';
import { openScreen } from './support/screens.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';

describe('look', () => {
  let agentflow: AgentFlow;
  let furnished: Furnished;
  const browser = openBrowser();
  beforeAll(async () => {
    agentflow = await startAgentFlow();
    furnished = await furnish(agentflow);
  });
  afterAll(() => agentflow?.discard());
  for (const theme of ['light', 'dark'] as const)
    for (const width of [1440, 390])
      it(`${theme} ${width}`, async () => {
        const only = process.env.ONLY?.split(',');
        const wrong: string[] = [];
        const [me, nobody] = [
          await browser.visit(agentflow.url, { theme, width, height: width === 390 ? 844 : 900, as: firstOwner }),
          await browser.visit(agentflow.url, { theme, width, height: width === 390 ? 844 : 900 }),
        ];
        for (const screen of screensOf(furnished)) {
          if (only && !only.includes(screen.name)) continue;
          const visitor = screen.anonymous ? nobody : me;
          try {
            await openScreen(visitor, screen);
          } catch (error) {
            wrong.push(`${screen.name}: ${(error as Error).message.split('\n')[0]}`);
          }
          await visitor.page.screenshot({ path: `/tmp/shots/${screen.name}-${width}-${theme}.png` });
          const overflow = await visitor.page.evaluate('document.documentElement.scrollWidth - innerWidth');
          if (Number(overflow) > 0) wrong.push(`${screen.name}: ${overflow} px wider`);
        }
        expect(wrong).toEqual([]);
      });
});
