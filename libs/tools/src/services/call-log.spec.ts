import { openService } from '../testing/open-service.js';

const service = openService();

describe('calls in the log', () => {
  it('name tool and outcome', async () => {
    service.server.told.length = 0;
    service.server.reset({ 'POST /users.list': { body: { ok: true, members: [] } } });
    await service.server.run('slack_list_users', {}, { kind: 'slack' });
    await service.server
      .run('slack_post_message', { channel: 'C', text: 'x' }, { kind: 'slack' })
      .catch(() => undefined);
    expect(service.server.told).toEqual([
      { tool: 'slack_list_users', outcome: 'succeeded', ms: expect.any(Number) },
      { tool: 'slack_post_message', outcome: 'tool.not_found', ms: expect.any(Number) },
    ]);
  });
});
