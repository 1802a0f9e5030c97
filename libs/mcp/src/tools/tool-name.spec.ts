import { validateToolName } from '@modelcontextprotocol/sdk/shared/toolNameValidation.js';
import { slugOfTool, toolNameOf } from './tool-name.js';

describe('The name of a tool', () => {
  it.each([
    ['a', 'a'],
    ['summarise-a-text', 'summarise_a_text'],
    ['agent-2-b', 'agent_2_b'],
    ['x'.repeat(64), 'x'.repeat(64)],
  ])('of the agent %s is %s, and leads back to it', (slug, name) => {
    expect(toolNameOf(slug)).toBe(name);
    expect(slugOfTool(name)).toBe(slug);
    expect(validateToolName(name)).toEqual({ isValid: true, warnings: [] });
  });

  it.each(['a-b', 'A', 'a__b', '_a', 'a_', '', 'a.b', '__proto__', 'a/b', 'agentflow-get-run'])(
    'is not "%s" for any agent',
    (name) => {
      expect(slugOfTool(name)).toBeNull();
    },
  );
});
