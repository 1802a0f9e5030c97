import { createHmac } from 'node:crypto';
import { OrgDatabase } from '#tenancy';
import { eventually } from '../browser/support/eventually.js';
import { callWebhook, type MadeWebhook, signedHeaders } from '../support/call-webhook.js';
import type { ApiClient } from '../support/clients/api.client.js';
import { HttpClient } from '../support/clients/http-client.js';
import type { Execution } from '../support/clients/executions.client.js';
import { greeting } from '../support/graphs/greeting.js';
import { newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';

interface Schedule {
  readonly id: string;
  readonly description: string;
  readonly nextAt: string | null;
  readonly lastAt: string | null;
  readonly lastRun: { readonly id: string; readonly status: string } | null;
  readonly failure: { readonly code: string } | null;
  readonly enabled: boolean;
}

interface Run extends Execution {
  readonly triggerId: string | null;
  readonly triggerName: string | null;
}

/** Real: server, stores, scheduler and its clock; only the slot is moved into the past, so that nobody waits for it. */
describe('what starts runs by itself', () => {
  let running: InProcess;
  let client: ApiClient;
  let agentId: string;

  beforeAll(async () => {
    running = await startInProcess();
    client = (await newOrg(running.url)).owner;
    agentId = await client.agents.publishNew(greeting());
  });

  afterAll(async () => {
    await running?.stop();
  });

  const runsOf = async (triggerId: string): Promise<Run[]> =>
    (await client.http.ask<{ data: Run[] }>('GET', `/executions?triggerId=${triggerId}`)).data;

  const newSchedule = (values: object = {}): Promise<Schedule> =>
    client.http.ask<Schedule>('POST', '/schedules', {
      agentId,
      name: 'Morning greeting',
      cron: '0 * * * *',
      timeZone: 'Europe/Berlin',
      input: { name: 'Ada' },
      ...values,
    });

  const letItsSlotCome = (id: string): Promise<unknown> =>
    running.app
      .get(OrgDatabase)
      .acrossOrgsStatement(
        'a test lets a slot come',
        `UPDATE schedule SET next_at = date_trunc('hour', now()) WHERE id = $1 RETURNING id`,
        [id],
      );

  describe('a schedule', () => {
    it('fires by itself when its slot comes, and lists the run as its own', async () => {
      const made = await newSchedule();
      expect(made).toMatchObject({ description: 'Every hour at :00', enabled: true, lastAt: null, lastRun: null });
      expect(new Date(made.nextAt ?? 0).getTime() % 3_600_000).toBe(0);
      await letItsSlotCome(made.id);
      await eventually(async () => {
        const [run, ...others] = await runsOf(made.id);
        expect(others).toEqual([]);
        expect(run).toMatchObject({
          status: 'succeeded',
          trigger: 'schedule',
          triggerId: made.id,
          triggerName: 'Morning greeting',
        });
        expect(await client.http.ask('GET', `/schedules/${made.id}`)).toMatchObject({
          lastRun: { id: run?.id, status: 'succeeded' },
          nextAt: made.nextAt,
          failure: null,
        });
        expect(await client.executions.get(run?.id ?? '')).toMatchObject({ output: { greeting: 'Hello, Ada' } });
      });
    });

    it('runs at once when asked, is paused and resumed, changed and deleted', async () => {
      const { id } = await newSchedule();
      const { executionId } = await client.http.ask<{ executionId: string }>('POST', `/schedules/${id}/run-now`);
      expect(await client.executions.ended(executionId)).toMatchObject({ status: 'succeeded', trigger: 'manual' });
      const paused = await client.http.ask<Schedule>('PATCH', `/schedules/${id}`, { enabled: false });
      expect(paused).toMatchObject({ enabled: false, nextAt: null });
      const resumed = await client.http.ask<Schedule>('PATCH', `/schedules/${id}`, { enabled: true, cron: '@daily' });
      expect(resumed).toMatchObject({ enabled: true, description: 'At 00:00', nextAt: expect.any(String) });
      expect((await client.http.send('DELETE', `/schedules/${id}`)).status).toBe(204);
      expect((await client.http.send('GET', `/schedules/${id}`)).status).toBe(404);
      expect(await runsOf(id)).toHaveLength(1);
    });

    it('says why it started nothing', async () => {
      const other = await client.agents.publishNew(greeting());
      const { id } = await newSchedule({ agentId: other });
      await client.http
        .ask('POST', `/agents/${other}/archive`)
        .catch(() => client.http.ask('DELETE', `/agents/${other}`));
      await letItsSlotCome(id);
      await eventually(async () => {
        expect(await client.http.ask('GET', `/schedules/${id}`)).toMatchObject({ failure: { code: 'agent.archived' } });
      });
      expect(await runsOf(id)).toEqual([]);
    });

    it('is shown before it is made, and refused naming the field', async () => {
      const preview = await client.http.ask<{ description: string; next: string[] }>(
        'GET',
        '/schedules/preview?cron=0%209%20*%20*%20MON-FRI&timeZone=UTC',
      );
      expect(preview).toMatchObject({ description: 'At 09:00, Monday to Friday' });
      expect(preview.next).toHaveLength(5);
      for (const [change, pointer] of [
        [{ cron: 'soon' }, '/cron'],
        [{ timeZone: 'Mars' }, '/timeZone'],
        [{ input: {} }, '/input'],
      ] as const) {
        const answer = await client.http.send<{ errors: { pointer: string }[] }>('POST', '/schedules', {
          ...{ agentId, name: 'x', cron: '@daily', timeZone: 'UTC', input: { name: 'Ada' } },
          ...change,
        });
        expect(answer.status).toBe(422);
        expect(answer.body.errors[0]?.pointer).toMatch(new RegExp(`^${pointer}`));
      }
    });
  });

  describe('a webhook', () => {
    const newWebhook = (values: object = {}): Promise<MadeWebhook> =>
      client.http.ask<MadeWebhook>('POST', '/webhooks', { agentId, name: 'New issues', ...values });
    const stranger = (): HttpClient => new HttpClient(running.url, null);
    const pathOf = ({ url }: MadeWebhook): string => new URL(url).pathname;

    it('starts one run for a signed message, also when that comes ten times at once', async () => {
      const webhook = await newWebhook();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => callWebhook(running.url, webhook, { name: 'Ada' }, 'msg_1')),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 202));
      expect(new Set(answers.map(({ body }) => body.executionId)).size).toBe(1);
      const [run, ...others] = await runsOf(webhook.id);
      expect([run?.id, others]).toEqual([answers[0]?.body.executionId, []]);
      expect(run).toMatchObject({ trigger: 'webhook', triggerName: 'New issues' });
      expect(await client.executions.ended(run?.id ?? '')).toMatchObject({ output: { greeting: 'Hello, Ada' } });
      const { data } = await client.http.ask<{ data: object[] }>('GET', `/webhooks/${webhook.id}/deliveries`);
      expect(data).toMatchObject([{ messageId: 'msg_1', outcome: 'accepted', executionId: run?.id, repeated: 9 }]);
    });

    it('takes a message of a sender with a shared secret, mapped to the input', async () => {
      const secret = 'a secret that the sender dictates';
      const webhook = await newWebhook({
        verification: 'hmac-sha256',
        secret,
        signatureHeader: 'X-Hub-Signature-256',
        inputExpression: '{ "name": body.user & headers.`x-event` & query.q }',
      });
      const body = 'user=Grace';
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      const headers = {
        'x-hub-signature-256': signature,
        'x-event': '!',
        'content-type': 'application/x-www-form-urlencoded',
      };
      const answer = await stranger().fetch<{ executionId: string }>('POST', `${pathOf(webhook)}?q=%3F`, body, headers);
      expect(answer.status).toBe(202);
      expect(await client.executions.ended(answer.body.executionId)).toMatchObject({
        output: { greeting: 'Hello, Grace!?' },
      });
    });

    it('answers everything that is not verified with 401 and starts nothing', async () => {
      const webhook = await newWebhook();
      const body = '{"name":"Ada"}';
      const good = signedHeaders(webhook.secret, body);
      const old = signedHeaders(webhook.secret, body, 'msg_old', new Date(Date.now() - 301_000));
      const { 'webhook-signature': _, ...unsigned } = good;
      const attempts: [string, Record<string, string>][] = [
        [body, unsigned],
        [body, old],
        [' {"name":"Ada"}', good],
        ['{"name":"Bda"}', good],
        [body, { ...good, authorization: `Bearer ${client.token ?? ''}`, 'webhook-id': 'msg_other' }],
        [body, signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwq3Vw7Yk1Zp0=', body)],
        ['', {}],
      ];
      for (const [text, headers] of attempts) {
        const answer = await stranger().fetch('POST', pathOf(webhook), text, headers);
        expect(answer).toMatchObject({ status: 401, body: { code: 'webhook.not_verified' } });
      }
      expect(await runsOf(webhook.id)).toEqual([]);
      expect(await client.http.ask('GET', `/webhooks/${webhook.id}/deliveries`)).toMatchObject({ data: [] });
    });

    it('is nothing at all for whoever does not know its address', async () => {
      const webhook = await newWebhook();
      const headers = signedHeaders(webhook.secret, '{}');
      for (const path of [`/hooks/${webhook.id}`, pathOf(webhook).slice(0, -1), `${pathOf(webhook)}x`]) {
        const { status, body } = await stranger().fetch('POST', path, '{}', headers);
        expect([status, body]).toMatchObject([
          404,
          { code: 'route.not_found', detail: `There is nothing at POST ${path}.` },
        ]);
      }
      expect((await stranger().fetch('GET', pathOf(webhook))).status).toBe(404);
      expect((await stranger().fetch('POST', `/api/v1${pathOf(webhook)}`, '{}', headers)).status).toBe(404);
    });

    it('refuses what its agent does not take with 422, and what is too large with 413', async () => {
      const webhook = await newWebhook();
      expect(await callWebhook(running.url, webhook, { nobody: 1 })).toMatchObject({
        status: 422,
        body: { code: 'execution.invalid_input' },
      });
      expect(await callWebhook(running.url, webhook, { name: 'x'.repeat(1_100_000) })).toMatchObject({ status: 413 });
      expect(await runsOf(webhook.id)).toEqual([]);
    });

    it('shows its secret once, and no more after it was rotated', async () => {
      const webhook = await newWebhook();
      expect(webhook.secret).toMatch(/^whsec_/);
      const { text } = await client.http.send('GET', `/webhooks/${webhook.id}`);
      expect(text).not.toContain(webhook.secret.slice(6));
      const { secret } = await client.http.ask<{ secret: string }>('POST', `/webhooks/${webhook.id}/rotate-secret`, {});
      expect((await callWebhook(running.url, webhook, { name: 'Ada' })).status).toBe(401);
      expect((await callWebhook(running.url, { ...webhook, secret }, { name: 'Ada' })).status).toBe(202);
    });
  });
});
