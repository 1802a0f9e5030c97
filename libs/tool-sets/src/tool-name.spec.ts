import { slugFrom, slugOf, toolName } from './tool-name.js';

describe('the name of a tool of a set', () => {
  it.each([
    ['search issues', 'tracker__search_issues'],
    ['GET /pets/{petId}', 'tracker__GET_pets_petId'],
    ['__proto__', 'tracker__proto'],
    ['日本語', 'tracker__tool'],
  ])('is made of what models can write: %s', (remoteName, name) => {
    expect(toolName('tracker', remoteName, new Set())).toBe(name);
  });

  it('is never longer than 64, and another one where it is taken, the same every time', () => {
    const long = 'a'.repeat(200);
    const name = toolName('tracker', long, new Set());
    expect(name).toMatch(/^tracker__a{46,48}_[0-9a-f]{6}$/);
    expect(name.length).toBeLessThanOrEqual(64);
    const taken = new Set(['tracker__search']);
    expect(toolName('tracker', 'search', taken)).toBe(toolName('tracker', 'search', taken));
    expect(toolName('tracker', 'search', taken)).toMatch(/^tracker__search_[0-9a-f]{6}$/);
  });

  it('tells its set, and names without one tell none', () => {
    expect(
      ['tracker__a__b', 'git_hub__x', 'http_request', '__x', 'Tracker__x', `${'a'.repeat(25)}__x`].map(slugOf),
    ).toEqual(['tracker', 'git_hub', undefined, undefined, undefined, undefined]);
  });

  it('begins with a slug made from whatever the set is called', () => {
    expect(['Issue Tracker (EU)', '  ', 'Ünïcode', 'x'.repeat(40)].map(slugFrom)).toEqual([
      'issue_tracker_eu',
      'tools',
      'unicode',
      'x'.repeat(24),
    ]);
  });
});
