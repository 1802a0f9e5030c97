import type { ToolDefinition } from '../../model/tool.js';
import { answerFromTools } from './answer-from-tool.js';
import { chooseTool } from './choose-tool.js';

const tool = (name: string, description: string, properties: object, required: string[] = []): ToolDefinition => ({
  name,
  description,
  parameters: { type: 'object', properties, required },
});
const TEXT = { type: 'string' };
const TOOLS = [
  tool('get_weather', 'Current weather for a city', { city: TEXT, unit: { enum: ['celsius', 'fahrenheit'] } }, [
    'city',
  ]),
  tool('search_orders', 'Look up an order by its number or the customer e-mail', {
    order_number: TEXT,
    email: { type: 'string', format: 'email' },
  }),
  tool('calculator', 'Evaluates an arithmetic expression', { expression: TEXT }, ['expression']),
  tool('web_search', 'Searches the web', { query: TEXT }, ['query']),
  tool('count_words', 'Counts the words of a text', { text: TEXT, search: TEXT }, ['text']),
];

describe('chooseTool', () => {
  it.each([
    ['What is the weather in San Francisco today?', 'get_weather', { city: 'San Francisco' }],
    [
      'Where is order #48213? My e-mail is anna@example.com',
      'search_orders',
      { order_number: '48213', email: 'anna@example.com' },
    ],
    ['Calculate 12 * (3 + 4)', 'calculator', { expression: '12 * (3 + 4)' }],
    ['What is 12 * 7?', 'calculator', { expression: '12 * 7' }],
    ['Was ist (15 + 3) * 2?', 'calculator', { expression: '(15 + 3) * 2' }],
    ['How many words are in “the quick brown fox”?', 'count_words', { text: 'the quick brown fox' }],
    ['Count the words of this text: hello world', 'count_words', { text: 'hello world' }],
    ['Search the web for the tallest building in Europe', 'web_search', { query: 'the tallest building in Europe' }],
  ])('answers %j with a call', (request, toolName, args) => {
    expect(chooseTool(request, TOOLS, 'auto')).toEqual({ toolName, arguments: args });
  });

  it('leaves the tools alone when none fits, and obeys the choice it is given', () => {
    expect(chooseTool('Tell me a joke', TOOLS, 'auto')).toBeUndefined();
    expect(chooseTool('What happened on 2026-11-21?', TOOLS, 'auto')).toBeUndefined();
    expect(chooseTool('What is the weather in Paris?', TOOLS, 'none')).toBeUndefined();
    expect(chooseTool('Tell me a joke', TOOLS, 'required')).toBeDefined();
    expect(chooseTool('Tell me a joke', TOOLS, { toolName: 'web_search' })?.toolName).toBe('web_search');
  });
});

describe('answerFromTools', () => {
  const result = (content: string, isError = false) => [
    { role: 'tool' as const, toolCallId: 'a', toolName: 'get_weather', content, isError },
  ];

  it('uses the result, whether data, text or failure', () => {
    expect(answerFromTools('Weather?', result('{"temperature":18,"sky":{"cover":"clear"}}'))).toBe(
      'According to get_weather: temperature: 18, sky cover: clear.',
    );
    expect(answerFromTools('Weather?', result('It is sunny.'))).toBe('According to get_weather: It is sunny.');
    expect(answerFromTools('Weather?', result('City not found.', true))).toBe(
      'The tool get_weather failed: City not found.',
    );
    expect(answerFromTools('Wie ist das Wetter?', result('{}'))).toBe('Laut get_weather: kein Ergebnis.');
  });
});
