import type { Page } from 'playwright-core';

/**
 * Opens the events of a run and reads the list from its beginning to its end; it draws only what is in sight.
 * @returns one line an event, `seq type step`, in the order in which they stand
 */
export async function readEventsTab(page: Page): Promise<string[]> {
  await page.getByRole('tab', { name: 'Events', exact: true }).click();
  const list = page.getByRole('region', { name: 'Events', exact: true });
  const lines = list.locator('[data-index]');
  await lines.first().waitFor();
  const all = new Map<number, string>();
  await scrollTo(list, 0);
  for (let before = -1; before < all.size;) {
    before = all.size;
    const seen = await lines.evaluateAll((rows) =>
      rows.map((row) => {
        const { dataset, firstElementChild } = row as unknown as Row;
        const [seq, , type, step] = [...firstElementChild.children].slice(1).map((cell) => cell.textContent.trim());
        return { index: Number(dataset.index), line: `${seq} ${type} ${step}`.trim() };
      }),
    );
    for (const { index, line } of seen) all.set(index, line);
    await scrollTo(list, Math.max(...all.keys()) * LINE_PX);
  }
  return [...all].sort(([left], [right]) => left - right).map(([, line]) => line);
}

const LINE_PX = 30;

/** As much of a drawn line as is read here; the tests are compiled without the types of the browser. */
interface Row {
  readonly dataset: { readonly index: string };
  readonly firstElementChild: { readonly children: Iterable<{ readonly textContent: string }> };
}

async function scrollTo(list: ReturnType<Page['locator']>, top: number): Promise<void> {
  await list.evaluate((box, to) => {
    (box as unknown as { scrollTop: number }).scrollTop = to;
  }, top);
  await list.page().waitForTimeout(100);
}
