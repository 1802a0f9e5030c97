import { estimateTokens } from '../../model/estimate-tokens.js';
import { sampleText } from '../../testing/sample-text.js';
import { sentencesOf } from './sentences.js';
import { summarise } from './summarise.js';

const NEWS = sampleText('news');

describe('summarise', () => {
  it('keeps sentences as they are written and in their order', () => {
    const summary = summarise(NEWS, { sentences: 3 });
    const positions = sentencesOf(summary).map((sentence) => NEWS.indexOf(sentence.text));
    expect(positions).toHaveLength(3);
    expect(positions.every((position) => position >= 0)).toBe(true);
    expect([...positions].sort((one, other) => one - other)).toEqual(positions);
    expect(summary).toContain('ban private cars');
  });

  it('writes bullets, words and lines to order', () => {
    expect(summarise(NEWS, { bullets: 3 }).split('\n')).toHaveLength(3);
    expect(summarise(NEWS, { bullets: 3 })).toMatch(/^- /);
    expect(summarise(NEWS, { words: 25 }).split(/\s+/).length).toBeLessThanOrEqual(25);
  });

  it('says a thing once that the text says twice', () => {
    const text =
      'The pump failed on Monday morning. The pump failed again on Monday. The pump failed on Monday morning. Engineers ordered a new seal from Hamburg.';
    const summary = summarise(text, { sentences: 2 });
    expect(summary).toContain('Engineers ordered');
    expect(summary.match(/pump failed/g)).toHaveLength(1);
  });

  it('stays below maxTokens as long as one sentence fits', () => {
    const summary = summarise(NEWS, { sentences: 6 }, 60);
    expect(estimateTokens(summary)).toBeLessThanOrEqual(60);
    expect(summary).toMatch(/\.$/);
  });

  it('has nothing to say of nothing', () => {
    expect(summarise('')).toBe('');
    expect(summarise(' \n\n --- \n')).toBe('');
  });

  it.each([
    ['Dr. Meyer met J. Smith on 3. März in St. Gallen. They agreed.', 2],
    ['Preis: ca. 20 EUR, z.B. für Kinder. Ende!', 2],
    ['One\n- two\n- three', 3],
    ['A line that was only wrapped because it was too long for the\nscreen ends here. Next.', 2],
  ])('splits %j into %i sentences', (text, count) => expect(sentencesOf(text)).toHaveLength(count));

  it('summarises 200 kB within bounded time, also without a single full stop', () => {
    const long = Array.from({ length: 300 }, (_, at) => NEWS.replace('Leipzig', `Town ${at}`))
      .join('\n\n')
      .slice(0, 200_000);
    for (const text of [long, long.replaceAll('.', ''), 'a'.repeat(200_000), '- x\n'.repeat(50_000)]) {
      const startedAt = performance.now();
      expect(summarise(text, { sentences: 3 }).length).toBeGreaterThan(0);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    }
  });
});
