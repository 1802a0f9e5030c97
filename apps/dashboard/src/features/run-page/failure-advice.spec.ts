import { describe, expect, it } from 'vitest';
import { failureAdvice } from './failure-advice';

const advice = (code: string, retryable = false) => failureAdvice({ code, retryable });

describe('what to do about a failure', () => {
  it('names the mend for a known code', () => {
    expect(advice('provider.unauthorized')).toMatch(/Check the API key/);
    expect(advice('step.timeout')).toMatch(/Raise the limit/);
  });

  it('falls back to the family of the code', () => {
    expect(advice('run.limit_cost')).toMatch(/one of its limits/);
    expect(advice('provider.dns_failed')).toMatch(/provider’s address/);
  });

  it('says whether trying again can help when it knows nothing else', () => {
    expect(advice('odd.thing', true)).toBe('Trying again may help.');
    expect(advice('odd.thing')).toMatch(/change the input or the agent/);
  });

  it('does not mistake names of object properties for codes', () => {
    expect(advice('constructor')).toMatch(/change the input or the agent/);
  });
});
