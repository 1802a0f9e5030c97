import { jest } from '@jest/globals';
import { LocalBus } from '#platform/events';
import { OrgContext } from '#tenancy';
import { agentsChannel } from './agents-channel.js';
import { AgentVersions } from './agent-versions.js';
import type { AgentVersionsRepository } from './agent-versions.repository.js';
import { FakeAgentVersionsRepository } from './testing/fake-agent-versions.repository.js';

describe('AgentVersions', () => {
  let repository: FakeAgentVersionsRepository;
  let versions: AgentVersions;
  let bus: LocalBus;
  const inOrg = <T>(work: () => T, orgId = 'org-1'): T => OrgContext.run(orgId, work);

  beforeEach(() => {
    jest.useFakeTimers();
    repository = new FakeAgentVersionsRepository();
    bus = new LocalBus();
    versions = new AgentVersions(repository as unknown as AgentVersionsRepository, bus);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks the database once a second for an agent, and once for a plan', async () => {
    for (let start = 0; start < 10; start += 1) await inOrg(() => versions.resolve('agent'));
    expect(repository).toMatchObject({ lookups: 1, graphReads: 1 });
    jest.advanceTimersByTime(1_001);
    await inOrg(() => versions.resolve('agent'));
    expect(repository).toMatchObject({ lookups: 2, graphReads: 1 });
  });

  it('sees a new version at once when it is told of it', async () => {
    await inOrg(() => versions.resolve('agent'));
    repository.publishedVersion = 2;
    inOrg(() => versions.forget('agent'));
    await expect(inOrg(() => versions.resolve('agent'))).resolves.toMatchObject({ version: 2 });
  });

  it('tells whoever listens in the organisation that an agent has changed', () => {
    const heard: string[] = [];
    bus.subscribe(agentsChannel('org-1'), (agentId) => heard.push(agentId));
    inOrg(() => versions.forget('agent'));
    inOrg(() => versions.forget('foreign'), 'org-2');
    expect(heard).toEqual(['agent']);
  });

  it('does not keep an answer that was on its way while something changed', async () => {
    const early = inOrg(() => versions.resolve('agent'));
    repository.publishedVersion = 2;
    inOrg(() => versions.forget('agent'));
    await early;
    await expect(inOrg(() => versions.resolve('agent'))).resolves.toMatchObject({ version: 2 });
  });

  it('keeps organisations apart', async () => {
    await inOrg(() => versions.resolve('agent'));
    await inOrg(() => versions.resolve('agent'), 'org-2');
    expect(repository).toMatchObject({ lookups: 2, graphReads: 2 });
  });

  it('says no to versions that are not there without losing those that are', async () => {
    await expect(inOrg(() => versions.resolve('agent', 2))).rejects.toMatchObject({ code: 'agent_version.not_found' });
    await expect(inOrg(() => versions.resolve('agent', 1.5))).rejects.toMatchObject({
      code: 'agent_version.not_found',
    });
    await expect(inOrg(() => versions.resolve('agent', 1))).resolves.toMatchObject({ version: 1 });
  });
});
