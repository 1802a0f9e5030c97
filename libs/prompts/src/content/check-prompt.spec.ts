import { checkPrompt } from './check-prompt.js';
import { type PromptContent, STARTER_CONTENT } from './prompt-content.js';

const content = (patch: Partial<PromptContent>): PromptContent => ({
  ...STARTER_CONTENT,
  system: '',
  variables: [],
  ...patch,
});
const variable = (name: string) => ({
  name,
  type: 'text' as const,
  description: '',
  example: '',
  required: true,
});
const codesOf = (patch: Partial<PromptContent>) => checkPrompt(content(patch)).problems.map(({ code }) => code);

describe('a prompt', () => {
  it('that we start people with is right', () => {
    expect(checkPrompt(STARTER_CONTENT)).toEqual({ problems: [], warnings: [] });
  });

  it.each([
    '{% for ticket in tickets %}{{ ticket.title }} {{ forloop.index }}{% endfor %}',
    '{% assign first = tickets | first %}{{ first }}',
    '{% capture all %}{{ tickets | join: ", " }}{% endcapture %}{{ all }}',
    '{{ tickets[0] }}{% if tickets == empty %}none{% endif %}',
  ])('may have names of its own beside its variables: %s', (user) => {
    expect(codesOf({ user, variables: [variable('tickets')] })).toEqual([]);
  });

  it('must declare what it reads, also where it is hidden in a computed part', () => {
    const { problems } = checkPrompt(content({ user: '{{ prices[country] | times: factor }}' }));
    expect(problems.map(({ message }) => /“(\w+)”/.exec(message)?.[1])).toEqual(['prices', 'country', 'factor']);
  });

  it('cannot see the scope of the node that uses it', () => {
    const { problems } = checkPrompt(content({ user: '{{ input.text }}' }));
    expect(problems[0]?.message).toMatch(/does not see “input”/);
  });

  it.each(['', ' \n'])('needs a user text: %j', (user) => {
    expect(codesOf({ user })).toEqual(['prompt.empty']);
  });

  it.each(['', '2nd', 'a-b', 'a b', 'true', 'input', 'é'])('has no variable called %j', (name) => {
    expect(codesOf({ user: 'Hi', variables: [variable(name)] })).toEqual(['prompt.variable_name']);
  });
});
