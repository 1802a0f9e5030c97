import { beforeEach, describe, expect, it } from 'vitest';
import type { Agent, ApiKey, ExecutionSummary } from '@/shared/api/generated/schema';
import { progressOf, rememberWatched } from './checklist';

const agent = (publishedVersion: number | null) => ({ publishedVersion }) as Agent;
const run = (trigger: string) => ({ trigger }) as ExecutionSummary;
const key = (lastUsedAt: string | null) => ({ lastUsedAt }) as ApiKey;

describe('the first steps', () => {
  beforeEach(() => localStorage.clear());

  it('are all open on a fresh installation with its sample run', () => {
    expect(progressOf([agent(1)], [run('sample')], [key(null)])).toEqual({
      watched: false,
      published: false,
      ranOwnText: false,
      calledByKey: false,
    });
  });

  it('are done one by one', () => {
    rememberWatched();
    expect(progressOf([agent(2)], [run('api'), run('sample')], [key('2026-11-21T12:00:00Z')])).toEqual({
      watched: true,
      published: true,
      ranOwnText: true,
      calledByKey: true,
    });
  });

  it('do not ask people for an API key who may not have one', () => {
    expect(progressOf([], [], null).calledByKey).toBeNull();
  });
});
