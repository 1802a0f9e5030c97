import { Webhook } from 'standardwebhooks';
import { openService } from '../testing/open-service.js';
import { SECRET } from '../testing/service-server.js';

const service = openService();

describe('webhook', () => {
  const secret = `whsec_${Buffer.from(`${SECRET}-${SECRET}`).toString('base64')}`;
  const send = (url = `${service.server.url}/in`, opened = { secret }) =>
    service.server.run(
      'webhook',
      { url, type: 'order.shipped', data: { id: 1 } },
      { kind: 'standard-webhooks', fields: {}, opened },
    );

  it('signs by the specification, with the same id at every attempt', async () => {
    service.server.reset({ 'POST /in': { status: 204 } });
    const first = (await send()) as { id: string };
    expect(await send()).toEqual(first);
    for (const { headers, body } of service.server.seen) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'order.shipped',
        data: { id: 1 },
      });
    }
    const flipped = service.server.seen[0]!.body.replace('shipped', 'Shipped');
    expect(() =>
      new Webhook(secret).verify(flipped, service.server.seen[0]!.headers as Record<string, string>),
    ).toThrow();
  });

  it('signs nothing for a host that the credential does not allow', async () => {
    await expect(send('http://127.0.0.1:9/in')).rejects.toMatchObject({ code: 'credential.host_not_allowed' });
    expect(service.server.seen).toEqual([]);
  });

  it('says that a secret is none, and what a receiver says', async () => {
    await expect(send(undefined, { secret: 'no base64 %%%' })).rejects.toMatchObject({ code: 'tool.invalid_secret' });
    service.server.reset({ 'POST /in': { status: 500 } });
    await expect(send()).rejects.toMatchObject({ code: 'tool.unavailable', outcomeUnknown: true });
  });
});
