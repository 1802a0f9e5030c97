import { readFileSync } from 'node:fs';

/** A text as people write it, for the tests of the simulated model. */
export function sampleText(name: 'news' | 'invoice' | 'ticket' | 'beschwerde'): string {
  return readFileSync(new URL(`../providers/simulated/__fixtures__/${name}.txt`, import.meta.url), 'utf8').trim();
}
