/** Scopes with everything that JSONata treats in a way of its own: lists in lists, single ones, empty ones, nothing. */
export const INPUTS: Readonly<Record<string, unknown>> = {
  'an order': {
    input: {
      text: 'Crème  brûlée 🍮 costs 5',
      n: 7,
      zero: 0,
      yes: true,
      no: false,
      nothing: null,
      empty: '',
      list: [3, 1, 2],
      one: [42],
      none: [],
      object: {},
      items: [
        { name: 'a', price: 2.5, tags: ['x', 'y'], sub: [{ v: 1 }, { v: [2, 3] }] },
        { name: 'b', price: 10, tags: [], sub: { v: 4 } },
        { name: 'c', tags: ['z'], sub: [] },
      ],
    },
    steps: { a: { text: 'hello', n: 1 }, b: { list: [[1, 2], [3]], n: [5] } },
    vars: {},
  },
  'lists of lists': {
    input: {
      text: '12.50',
      n: -3,
      list: [[1, [2]], [], [[3]], 4],
      one: [[1]],
      none: [[]],
      items: [[{ name: 'x', price: 1 }], { name: ['y', 'z'], price: [2, 3] }, 5, null, 'text'],
      object: { a: [1], b: { a: 2 } },
      yes: 'true',
    },
    steps: { a: [{ text: 'p' }, { text: 'q' }], b: { list: [], n: null } },
    vars: { limit: 2 },
  },
  'a single item': {
    input: {
      text: 'x',
      n: 1.005,
      list: 5,
      one: ['only'],
      items: { name: 'solo', price: 3, tags: 't', sub: [[{ v: 9 }]] },
    },
    steps: { a: { text: ['t1', 't2'], n: '1' } },
    vars: {},
  },
  'names that objects inherit': {
    input: {
      text: 'constructor',
      items: [{ name: 'toString', constructor: 1 }],
      list: ['b', 'a', 'B'],
      n: 1e21,
      yes: [false, true],
    },
    steps: {},
    vars: {},
  },
  'a list as input': {
    input: [
      { text: 'a', n: 1, list: [1] },
      { text: 'b', n: 2, list: [2, 3] },
    ],
    steps: {},
    vars: {},
  },
  'a text as input': { input: 'only text', steps: { a: 5 }, vars: {} },
  'no input': { steps: {}, vars: {} },
};
