import Bull from 'bull';
import { callWebhook, type MadeWebhook } from '../../support/call-webhook.js';
import type { Round } from '../round.js';
import type { Scenario } from '../scenario.js';

const COPIES = 12;

export const duplicates: Scenario = {
  id: 'F-27',
  title: 'makes one run of one key, one message to a webhook and one job, however often they come at the same time',
  grounds: ['cluster'],
  async play(round) {
    const { ground } = round;
    const agentId = ground.agents.idOf('calls');
    const name = round.newName('calls');
    const request = { agentId, input: { name }, metadata: { name } };
    const answers = await Promise.all(
      Array.from({ length: COPIES }, (_none, index) => {
        const api = ground.apis[index % ground.apis.length] ?? ground.apis[0];
        if (!api) throw new Error('The installation has no API.');
        return ground.clientOf(api).executions.tryStart(request, { 'idempotency-key': name });
      }),
    );
    const ids = new Set(answers.filter(({ status }) => status < 300).map(({ body }) => body.id));
    round.expect(ids.size === 1, `${COPIES} starts under one key made ${ids.size} runs.`);
    round.expect(
      answers.every(({ status }) => status < 300 || status === 409),
      `The starts were answered with ${answers.map(({ status }) => status).join(' ')}.`,
    );
    round.accepted([...ids][0] ?? '', name, 'calls');

    await deliverTwelveTimes(round);
    const runs = await round.startMix();
    const queue = new Bull('executions', ground.redis?.url ?? '', { prefix: 'agentflow:queue' });
    queue.on('error', () => undefined);
    try {
      const orgId = (await ground.client.org.get()).id;
      for (const { id } of runs) {
        await Promise.all(
          Array.from({ length: COPIES }, (_none, copy) =>
            queue.add(
              { id: `${id}.copy-${copy}`, executionId: id, orgId },
              { jobId: `${id}.copy-${copy}`, removeOnComplete: true },
            ),
          ),
        );
      }
    } finally {
      await queue.close();
    }
  },
};

/** One message of a sender that is not sure whether it was heard, to all processes at once. */
async function deliverTwelveTimes(round: Round): Promise<void> {
  const { ground } = round;
  const name = round.newName('pure');
  const made = { agentId: ground.agents.idOf('pure'), name };
  const webhook = await ground.client.http.ask<MadeWebhook>('POST', '/webhooks', made);
  const answers = await Promise.all(
    Array.from({ length: COPIES }, (_none, index) => {
      const api = ground.apis[index % ground.apis.length] ?? ground.apis[0];
      if (!api) throw new Error('The installation has no API.');
      return callWebhook(api.url, webhook, { name }, 'msg_once');
    }),
  );
  const ids = new Set(answers.map(({ body }) => body.executionId));
  round.expect(
    answers.every(({ status }) => status < 300) && ids.size === 1,
    `${COPIES} deliveries of one message were answered with ${answers.map(({ status }) => status).join(' ')} and made ${ids.size} runs.`,
  );
  round.accepted([...ids][0] ?? '', name, 'pure');
  await ground.client.http.send('DELETE', `/webhooks/${webhook.id}`);
}
