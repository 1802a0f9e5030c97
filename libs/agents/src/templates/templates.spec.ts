import { compilePlan, validateGraph, validateInput } from '#kernel';
import { nodeKinds } from '../node-kinds.js';
import type { WaitAnswer } from '#kernel';
import { runGraph, type RunGraphOptions } from '../testing/run-graph.js';
import { TEMPLATES } from './templates.js';

describe('The gallery of templates', () => {
  it('gives every template an address of its own', () => {
    const slugs = TEMPLATES.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const slug of slugs) expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each(TEMPLATES)('$slug can be published as it is', ({ graph }) => {
    expect(validateGraph(graph, nodeKinds).problems).toEqual([]);
  });

  it.each(TEMPLATES)('$slug takes its own sample input', ({ graph, sampleInput }) => {
    expect(validateInput(compilePlan(graph, nodeKinds), sampleInput)).toEqual([]);
  });

  it.each(TEMPLATES)('$slug needs no key: its models are simulated, and it calls no service', ({ graph }) => {
    for (const { kind, config } of graph.nodes) {
      expect(kind).not.toBe('http');
      expect(config['model'] ?? 'simulated/offline').toBe('simulated/offline');
    }
  });

  describe('runs on a fresh machine', () => {
    const outputOf = async (slug: string, input?: unknown, options?: RunGraphOptions): Promise<unknown> => {
      const template = TEMPLATES.find((each) => each.slug === slug);
      if (!template) throw new Error(`no template ${slug}`);
      const outcome = await runGraph(template.graph, input ?? template.sampleInput, options);
      expect(outcome).toMatchObject({ status: 'succeeded' });
      return outcome.status === 'succeeded' ? outcome.output : undefined;
    };

    it('shortens a long text, and hands a short one back', async () => {
      const { summary, characters } = (await outputOf('summarise-text')) as { summary: string; characters: number };
      expect(summary.length).toBeGreaterThan(80);
      expect(summary.length).toBeLessThan(characters);
      expect(await outputOf('summarise-text', { text: 'Short.' })).toEqual({
        summary: 'Short.',
        summarised: false,
        characters: 6,
      });
    });

    it('sends each ticket its own way', async () => {
      expect(await outputOf('triage-support-ticket')).toEqual({
        customer: 'Miriam Okafor',
        category: 'billing',
        urgency: 'high',
        reply: expect.stringContaining('Miriam'),
      });
      const crash = {
        subject: 'Crash',
        message: 'Since version 4.2.1 the app crashes with "Error 500" when I export a report.',
      };
      expect(await outputOf('triage-support-ticket', crash)).toMatchObject({
        category: 'technical',
        report: expect.stringContaining('4.2.1'),
      });
      const question = { subject: 'Opening hours', message: 'When are you open over Christmas?' };
      expect(await outputOf('triage-support-ticket', question)).toMatchObject({
        category: 'other',
        note: 'For a person to read: Opening hours',
      });
    });

    it('reads an invoice, and says what it does not say', async () => {
      expect(await outputOf('extract-invoice')).toEqual({
        invoice: {
          supplier: 'Lindqvist Print AB',
          invoiceNumber: 'LP-2026-0417',
          invoiceDate: '2026-10-28',
          dueDate: '2026-11-27',
          currency: 'EUR',
          total: 1028.13,
          email: 'billing@lindqvist-print.example',
        },
        missing: [],
        complete: true,
      });
      expect(await outputOf('extract-invoice', { text: 'Total: 12.00 EUR' })).toMatchObject({
        complete: false,
        missing: expect.arrayContaining(['invoiceNumber', 'dueDate']),
      });
    });

    it('answers from the text alone', async () => {
      expect(await outputOf('answer-from-text')).toMatchObject({ answer: expect.stringContaining('fourteen days') });
    });

    it('apologises only to the unhappy', async () => {
      expect(await outputOf('rate-review')).toMatchObject({
        sentiment: 'negative',
        reply: expect.any(String),
        topics: expect.any(String),
      });
      const happy = await outputOf('rate-review', {
        review: 'Great service, fast delivery and a beautiful lamp. I am very happy!',
      });
      expect(happy).toMatchObject({ sentiment: 'positive' });
      expect(happy).not.toHaveProperty('reply');
    });

    it('works an answer out with the tool that the question calls for', async () => {
      const tools = ['calculator', 'datetime', 'text'].map((name) => ({
        name,
        description: STAND_IN_DESCRIPTIONS[name] ?? '',
        inputSchema: {
          type: 'object',
          properties: { [name === 'calculator' ? 'expression' : 'operation']: { type: 'string' } },
          required: [name === 'calculator' ? 'expression' : 'operation'],
        },
        run: (args: Readonly<Record<string, unknown>>) =>
          args['expression'] === '(3 * 19.99 + 4.50) * 1.19' ? { result: 76.7193 } : { unexpected: args },
      }));
      expect(await outputOf('answer-with-tools', undefined, { tools })).toEqual({
        answer: expect.stringContaining('76.7193'),
        toolsUsed: ['calculator'],
      });
      expect(await outputOf('answer-with-tools', { question: 'Good morning!' }, { tools })).toMatchObject({
        toolsUsed: [],
      });
    });

    it('adds up expenses by category, and names what it could not read', async () => {
      expect(await outputOf('add-up-expenses')).toEqual({
        categories: [
          { category: 'Travel', total: 1160.2 },
          { category: 'Office', total: 64.9 },
          { category: 'Meals', total: 64.5 },
        ],
        total: 1289.6,
        skipped: ['subtotal for the first week'],
      });
    });

    it('grants a small refund by itself, and a large one when a person says so', async () => {
      const decided = (answer: WaitAnswer, input?: unknown): Promise<unknown> =>
        outputOf('approve-a-refund', input, { answers: { approval: answer } });
      const small = { customer: 'Ada', amount: 12, reason: 'The cup was broken when it came out of the box.' };
      expect(await outputOf('approve-a-refund', small)).toMatchObject({
        refunded: true,
        decidedBy: 'rule: up to 50 euros',
        letter: expect.any(String),
      });
      expect(await decided({ decision: 'approved', data: {}, by: 'Grace' })).toMatchObject({
        refunded: true,
        decidedBy: 'Grace',
        letter: expect.stringMatching(/^Dear Miriam Okafor,\n\n.*129\.90 euros/),
      });
      const refused = await decided({ decision: 'rejected', data: { note: 'Send us a photo' }, by: 'Grace' });
      expect(refused).toEqual({
        refunded: false,
        amount: 129.9,
        decidedBy: 'Grace',
        why: 'Refused by Grace.',
        note: 'Send us a photo',
      });
      expect(await decided({ decision: 'timeout' })).toMatchObject({
        refunded: false,
        why: 'Nobody decided within a week.',
      });
    });
  });
});

const STAND_IN_DESCRIPTIONS: Readonly<Record<string, string>> = {
  calculator: 'Calculates an arithmetic expression exactly.',
  datetime: 'Knows date and time.',
  text: 'Counts characters and words of a text.',
};
