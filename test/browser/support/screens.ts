import type { Visitor } from './visitor.js';

/** A place of the dashboard that can be opened by its address. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Words that stand there once everything has arrived. */
  readonly shows: string;
  /** For people who are not signed in. */
  readonly anonymous?: boolean;
  /** The server refuses something there, rightly. */
  readonly refusals?: boolean;
}

const REST_MS = 150;

/** Opens a screen and waits until it has come to rest. */
export async function openScreen(visitor: Visitor, screen: Screen): Promise<void> {
  if (screen.refusals) visitor.expect(/answered 404/);
  await visitor.open(screen.path);
  await visitor.page.getByText(screen.shows).locator('visible=true').first().waitFor();
  // Lazy parts and the fit of the graph come a moment after the words.
  await visitor.page.waitForTimeout(REST_MS);
}
