import { describe, expect, it } from 'vitest';
import { codeSample, SAMPLE_LANGUAGES } from './code-samples';
import { NO_PARAMETERS } from './parameters';

const input = {
  origin: 'https://flows.example',
  slug: 'ticket-triage',
  message: `It's "broken"`,
  parameters: { ...NO_PARAMETERS, temperature: '0.3' },
};

describe('the question as a program', () => {
  it.each(SAMPLE_LANGUAGES)('names agent, address and parameters in %s', (language) => {
    const code = codeSample(language, input);
    expect(code).toContain('https://flows.example/v1');
    expect(code).toContain('ticket-triage');
    expect(code).toMatch(/temperature["=: ]+0\.3/);
    expect(code).toContain('AGENTFLOW_API_KEY');
  });

  it('keeps quotes in the message from ending the command', () => {
    expect(codeSample('curl', input)).toContain(`It'"'"'s \\"broken\\"`);
  });
});
