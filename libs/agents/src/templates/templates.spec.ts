import { compilePlan, validateGraph, validateInput } from '#kernel';
import { nodeKinds } from '../node-kinds.js';
import { runGraph } from '../testing/run-graph.js';
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
    const outputOf = async (slug: string, input?: unknown): Promise<unknown> => {
      const template = TEMPLATES.find((each) => each.slug === slug);
      if (!template) throw new Error(`no template ${slug}`);
      const outcome = await runGraph(template.graph, input ?? template.sampleInput);
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
  });
});
