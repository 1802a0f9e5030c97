import { sampleText } from '../../testing/sample-text.js';
import { classify } from './classify.js';
import { labelsIn } from './labels.js';

const named = (...names: string[]) => names.map((name) => ({ name }));
const DEPARTMENTS = named('billing', 'technical', 'account', 'shipping', 'other');

describe('classify', () => {
  it.each([
    [sampleText('ticket'), 'billing'],
    ['Since the update the app crashes every time I export a report. I get "Error 500".', 'technical'],
    ['Ich kann mich nicht mehr in mein Konto einloggen, mein Benutzername wird nicht erkannt.', 'account'],
    [sampleText('beschwerde'), 'shipping'],
    ['The meadow was green and the sun was low.', 'other'],
    ['', 'other'],
  ])('finds the department of %j', (text, label) => expect(classify(text, DEPARTMENTS).label).toBe(label));

  it.each([
    ['Great product, very easy to use, thanks a lot!', 'positive'],
    ['I am not happy with this. It is slow and confusing.', 'negative'],
    ['Leider sehr enttäuscht, der Service war unfreundlich.', 'negative'],
    ['The shop opens at nine.', 'neutral'],
  ])('hears the mood of %j', (text, label) =>
    expect(classify(text, named('positive', 'negative', 'neutral')).label).toBe(label),
  );

  it.each([
    ['Production is down, all users are blocked. We need help immediately!', 'high'],
    ['Small typo on the about page, no rush.', 'low'],
    ['The export has a wrong column order.', 'medium'],
  ])('hears the haste in %j', (text, label) =>
    expect(classify(text, named('low', 'medium', 'high')).label).toBe(label),
  );

  it('goes by what the prompt says of labels that nobody knows', () => {
    const labels = [
      { name: 'tier-a', description: 'questions about horses and saddles' },
      { name: 'tier-b', description: 'boats, sails and harbours' },
    ];
    expect(classify('Where can I have a saddle for my horse mended?', labels).label).toBe('tier-a');
    expect(classify('The harbour master asked for the length of our boat.', labels).label).toBe('tier-b');
  });
});

describe('labelsIn', () => {
  it.each([
    ['Classify the ticket as one of billing, technical, or other.', ['billing', 'technical', 'other']],
    ['Reply with exactly one word: low, medium or high', ['low', 'medium', 'high']],
    ['Klassifiziere als eine der Kategorien: Rechnung, Technik, Sonstiges.', ['Rechnung', 'Technik', 'Sonstiges']],
    ['Is it positive/negative/neutral?', ['positive', 'negative', 'neutral']],
    ['Which team (sales, support, HR) should handle it?', ['sales', 'support', 'HR']],
    ['Label it "spam" or "not spam".', ['spam', 'not spam']],
    ['Summarise the text.', []],
  ])('reads the labels in %j', (instruction, names) => {
    expect(labelsIn(instruction).map((label) => label.name)).toEqual(names);
  });

  it('reads what is said about each', () => {
    expect(labelsIn('Categories:\n- billing: invoices, refunds\n- technical (errors and bugs)\n- other')).toEqual([
      { name: 'billing', description: 'invoices, refunds' },
      { name: 'technical', description: 'errors and bugs' },
      { name: 'other' },
    ]);
  });
});
