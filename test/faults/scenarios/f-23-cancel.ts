import type { Execution } from '../../support/clients/executions.client.js';
import { chain } from '../../support/graphs/chain.js';
import { models } from '../outside/scripted-provider.js';
import type { AcceptedRun, Round } from '../round.js';
import type { Scenario } from '../scenario.js';

/** hardening.md asks for 5 s; the rest is what a loaded machine adds. */
const ENDS_WITHIN_MS = 8_000;

export const cancel: Scenario = {
  id: 'F-23',
  title: 'ends a cancelled run within seconds, whatever it is doing, and a second cancel changes nothing',
  grounds: ['cluster', 'embedded'],
  async play(round) {
    const { ground } = round;
    const { agents, executions } = ground.client;
    const agentOf = async (kind: string, config: Record<string, unknown>): Promise<string> =>
      agents.publishNew(chain([{ id: 'step', kind, config }]), `cancel ${kind}`);

    const talking = await agentOf('llm', { model: models.talkative, prompt: 'Talk for a while.' });
    const abandoned = ground.provider.abandonedBy(models.talkative);
    const model = await startOf(round, talking, (run) => run.lastSeq > 4);
    await cancelled(round, model);
    await round.until(
      () => ground.provider.abandonedBy(models.talkative) > abandoned,
      'the model’s connection to be closed',
    );

    const name = round.newName('http');
    ground.world.hold(`/reads/${name}`);
    const reading = await agentOf('http', { method: 'GET', url: `${ground.world.url}/reads/${name}` });
    const http = await startOf(round, reading, () => ground.world.callsTo(`/reads/${name}`).length > 0);
    await cancelled(round, http);

    const resting = await agentOf('delay', { ms: 600_000 });
    await cancelled(round, await startOf(round, resting, ({ status }) => status === 'waiting'));

    const above = await agentOf('sub-agent', { agentId: resting, input: '{}' });
    const parent = await startOf(round, above, ({ status }) => status === 'waiting');
    await cancelled(round, parent);
    const below = await executions.list('?limit=20');
    const children = below.data.filter(({ parentId }) => parentId === parent.id);
    for (const { id } of children) await executions.ended(id, ENDS_WITHIN_MS);
    round.expect(children.length === 1, `The run had ${children.length} runs below it.`);

    if (!ground.isAlone) await cancelQueued(round, resting);
  },
};

async function startOf(round: Round, agentId: string, ready: (run: Execution) => boolean): Promise<AcceptedRun> {
  const run = await round.startAgent({ agentId }, { mustSucceed: false });
  await round.ground.client.executions.until(run.id, ready, 'to be in the middle of it');
  return run;
}

/** Nobody takes it: every worker sleeps. */
async function cancelQueued(round: Round, agentId: string): Promise<void> {
  const { workers } = round.ground;
  for (const worker of workers) worker.freeze();
  try {
    await cancelled(round, await startOf(round, agentId, ({ status }) => status === 'queued'));
  } finally {
    for (const worker of workers) worker.thaw();
  }
}

/** Cancels twice, at two APIs at the same moment. */
async function cancelled(round: Round, { id, name }: AcceptedRun): Promise<void> {
  round.faultHappens();
  const { ground } = round;
  const clients = [ground.client, ground.clientOf(round.random.oneOf(ground.apis))];
  const answers = await Promise.all(clients.map(({ executions }) => executions.cancel(id)));
  round.expect(
    answers.every(({ status }) => status < 300 || status === 409) && answers.some(({ status }) => status < 300),
    `Two cancels of ${name} were answered with ${answers.map(({ status }) => status).join(' and ')}.`,
  );
  const { status } = await ground.client.executions.ended(id, ENDS_WITHIN_MS);
  round.expect(status === 'cancelled', `${name} ended as ${status}.`);
  const third = await ground.client.executions.cancel(id);
  round.expect(third.status === 409, `A cancel of a finished run was answered with ${third.status}.`);
}
