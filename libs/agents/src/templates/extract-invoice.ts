import type { AgentTemplate } from './agent-template.js';

export const EXTRACT_INVOICE: AgentTemplate = {
  slug: 'extract-invoice',
  name: 'Extract an invoice',
  description:
    'Reads an invoice or an e-mail about one and returns its supplier, number, dates and total as JSON, with a list of what could not be found.',
  graph: {
    nodes: [
      {
        id: 'start',
        kind: 'start',
        config: {
          schema: {
            type: 'object',
            properties: {
              text: {
                type: 'string',
                title: 'Invoice or e-mail',
                description: 'The text as it arrived.',
                minLength: 1,
              },
            },
            required: ['text'],
          },
        },
        position: { x: 0, y: 0 },
      },
      {
        id: 'extract',
        kind: 'llm',
        name: 'Extract',
        config: {
          model: 'simulated/offline',
          system: 'You read invoices. Use null for what the text does not say; never guess.',
          prompt:
            'Extract the fields of the invoice from the following document.\n\n<document>\n{{ input.text }}\n</document>',
          schema: {
            type: 'object',
            properties: {
              supplier: { type: ['string', 'null'], description: 'Company that sent the invoice.' },
              invoiceNumber: { type: ['string', 'null'], description: 'Invoice number.' },
              invoiceDate: { type: ['string', 'null'], description: 'Date of the invoice.' },
              dueDate: { type: ['string', 'null'], description: 'Date by which it is to be paid.' },
              currency: { type: ['string', 'null'], description: 'ISO 4217 code, for example EUR.' },
              total: { type: ['number', 'null'], description: 'Total amount to pay, taxes included.' },
              email: { type: ['string', 'null'], description: 'E-mail address for questions.' },
            },
            required: ['supplier', 'invoiceNumber', 'invoiceDate', 'dueDate', 'currency', 'total', 'email'],
            additionalProperties: false,
          },
        },
        retry: { maxAttempts: 3 },
        timeoutMs: 60_000,
        position: { x: 260, y: 0 },
      },
      {
        id: 'missing',
        kind: 'transform',
        name: 'What is missing?',
        config: {
          expression:
            '{ "fields": [$filter($keys(steps.extract.json), function($field) { $lookup(steps.extract.json, $field) = null })] }',
        },
        position: { x: 520, y: 0 },
      },
      {
        id: 'output',
        kind: 'output',
        config: {
          expression:
            '{ "invoice": steps.extract.json, "missing": steps.missing.fields, "complete": $count(steps.missing.fields) = 0 }',
        },
        position: { x: 780, y: 0 },
      },
    ],
    edges: [
      { from: 'start', to: 'extract' },
      { from: 'extract', to: 'missing' },
      { from: 'missing', to: 'output' },
    ],
  },
  sampleInput: {
    text: 'Supplier: Lindqvist Print AB\nHamngatan 14, 41106 Göteborg\n\nInvoice number: LP-2026-0417\nInvoice date: 2026-10-28\nDue date: 2026-11-27\n\n2,000 flyers A5, four colours          312.00 EUR\n250 posters A2, matt                   486.50 EUR\nDelivery                                24.00 EUR\n\nSubtotal                               822.50 EUR\nVAT 25 %                               205.63 EUR\nTotal: 1028.13 EUR\n\nQuestions? Write to billing@lindqvist-print.example.',
  },
};
