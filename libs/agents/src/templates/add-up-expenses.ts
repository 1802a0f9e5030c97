import type { AgentTemplate } from './agent-template.js';

const SOURCE = `// Reads "date, category, amount" lines; amounts may be written 1,234.50 or 1.234,50.
function main({ text }) {
  const totals = new Map();
  const skipped = [];
  for (const line of text.split('\\n').map((each) => each.trim()).filter(Boolean)) {
    const [date, category, ...rest] = line.split(/\\s*[;\\t]\\s*|,\\s+/);
    const amount = toNumber(rest.join(','));
    if (!category || Number.isNaN(amount)) {
      skipped.push(line);
      continue;
    }
    totals.set(category, (totals.get(category) ?? 0) + Math.round(amount * 100));
  }
  console.log(totals.size + ' categories, ' + skipped.length + ' lines skipped');
  const categories = [...totals]
    .map(([category, cents]) => ({ category, total: cents / 100 }))
    .sort((one, other) => other.total - one.total);
  const cents = [...totals.values()].reduce((sum, each) => sum + each, 0);
  return { categories, total: cents / 100, skipped };
}

function toNumber(written) {
  const digits = written.replace(/[^\\d.,-]/g, '');
  const isGerman = /,\\d{1,2}$/.test(digits);
  return digits === '' ? NaN : Number(isGerman ? digits.replace(/\\./g, '').replace(',', '.') : digits.replace(/,/g, ''));
}
`;

export const ADD_UP_EXPENSES: AgentTemplate = {
  slug: 'add-up-expenses',
  name: 'Add up expenses',
  description:
    'Reads a list of expenses with a few lines of JavaScript in the sandbox, adds them up by category, and names the lines that it could not read.',
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
                title: 'Expenses',
                description: 'One per line: date, category, amount.',
                minLength: 1,
                maxLength: 100_000,
              },
            },
            required: ['text'],
          },
        },
        position: { x: 0, y: 120 },
      },
      {
        id: 'add',
        kind: 'code',
        name: 'Add them up',
        config: { source: SOURCE, input: 'input' },
        position: { x: 260, y: 120 },
      },
      {
        id: 'output',
        kind: 'output',
        config: { expression: 'steps.add' },
        position: { x: 520, y: 120 },
      },
    ],
    edges: [
      { from: 'start', to: 'add' },
      { from: 'add', to: 'output' },
    ],
  },
  sampleInput: {
    text: '2026-11-02, Travel, 148.20\n2026-11-03, Meals, 23.50\n2026-11-03, Travel, 1,012.00\n2026-11-09, Office, 64,90 EUR\n2026-11-12, Meals, 41.00\nsubtotal for the first week\n',
  },
};
