// Real: HTTP, validation, tenancy, Postgres. Replaced: signing in.
import { AgentVersions } from './agent-versions.js';
import { AgentsClient } from './testing/agents.client.js';
import type { DomainApp } from '../../auth/src/testing/domain-app.js';
import { startAgentsApp } from './testing/agents-test-app.js';

describe('Templates over the API', () => {
  let app: DomainApp;
  beforeAll(async () => {
    app = await startAgentsApp();
  });
  afterAll(() => app.stop());

  it('become agents that can be started at once', async () => {
    const person = await app.newPerson();
    const client = new AgentsClient(app, person);
    const { body: gallery } = await client.send('get', '/templates');
    expect(gallery.data.length).toBeGreaterThanOrEqual(4);
    for (const { slug, name, graph } of gallery.data) {
      const used = await client.send('post', `/templates/${slug}/agents`);
      expect(used.status).toBe(201);
      expect(used.body).toMatchObject({ name, publishedVersion: 1, hasUnpublishedChanges: false });
      const version = await client.send('get', `/agents/${used.body.id}/versions/1`);
      expect(version.body.graph).toEqual(graph);
      await expect(app.as(person, () => app.get(AgentVersions).resolve(used.body.id))).resolves.toMatchObject({
        version: 1,
      });
    }
  });

  it('take another name, and are not found by another address', async () => {
    const client = new AgentsClient(app, await app.newPerson());
    expect((await client.send('post', '/templates/summarise-text/agents', { name: 'Minutes' })).body.name).toBe(
      'Minutes',
    );
    const unknown = await client.send('post', '/templates/constructor/agents', {});
    expect(unknown.status).toBe(404);
    expect(unknown.body.code).toBe('template.not_found');
  });
});
