import { AxeBuilder } from '@axe-core/playwright';
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

  it.each(['home', 'agents', 'runs', 'approvals', 'schedules', 'settings'] as const)(
    'has no serious or critical violation of WCAG 2.2 AA, light or dark: %s',
    async (area) => {
      const visitor = await browser.visit(agentflow.url, { as: firstOwner });
      expect(await violations(visitor, (screen) => !screen.anonymous && areaOf(screen) === area)).toEqual([]);
    },
  );

  it('has none either for whoever is not signed in', async () => {
    const visitor = await browser.visit(agentflow.url);
    expect(await violations(visitor, (screen) => screen.anonymous === true)).toEqual([]);
  });

  async function violations(visitor: Visitor, chosen: (screen: Screen) => boolean): Promise<string[]> {
    const found: string[] = [];
    for (const screen of screensOf(furnished).filter(chosen)) {
      await openScreen(visitor, screen);
      for (const colorScheme of ['light', 'dark'] as const) {
        await visitor.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        // Only colours depend on the theme.
        const axe = new AxeBuilder({ page: visitor.page })
          .setLegacyMode(true)
          .options({ resultTypes: ['violations'], preload: false, xpath: false, ancestry: false });
        const { violations: all } = await (colorScheme === 'dark' ? axe.withRules('color-contrast') : axe).analyze();
        for (const { id, impact, nodes } of all) {
          if (impact !== 'serious' && impact !== 'critical') continue;
          found.push(`${screen.name}, ${colorScheme}: ${id} at ${nodes.map((node) => node.html).join(' and ')}`);
        }
      }
    }
    return found;
  }
});

function areaOf({ path }: Screen): 'home' | 'agents' | 'runs' | 'approvals' | 'schedules' | 'settings' {
  if (path.startsWith('/agents')) return 'agents';
  if (path.startsWith('/runs')) return 'runs';
  if (path.startsWith('/approvals')) return 'approvals';
  if (path.startsWith('/schedules')) return 'schedules';
  return path.startsWith('/settings') ? 'settings' : 'home';
}
