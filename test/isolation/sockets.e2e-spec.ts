import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { ApiClient } from '../support/clients/api.client.js';
import { ExecutionsSocket } from '../support/clients/executions.socket.js';
import { greeting } from '../support/graphs/greeting.js';
import { newMember, type NewOrg, newOrg } from '../support/new-org.js';
import { type InProcess, startInProcess } from '../support/start-in-process.js';
import { send } from './raw-request.js';
import { socketMessagesOf } from './socket-messages-of.js';

/** The promise of docs and product: whoever was shut out hears nothing after this. */
const SHUT_OUT_WITHIN_MS = 5_000;

/** Runs of the other organisation go on for this long while a stranger listens. */
const LISTEN_MS = 1_500;

const NOT_FOUND = { ok: false, code: 'execution.not_found' };
const MALFORMED = { ok: false, code: 'request.invalid' };

/** What each message must answer when it names a run of another organisation; a new message wants a line here. */
const ANSWERS: Readonly<Record<string, readonly object[]>> = {
  subscribe: [NOT_FOUND],
  // There is nothing to leave; the answer is the same for a run that does not exist.
  unsubscribe: [{ ok: true }],
  // Takes no id: it means the socket's own organisation, whatever was sent along.
  'subscribe-org': [{ ok: true }],
};

/** Organisation A listens at the doors of organisation B. Real: server, sockets and stores. */
describe('sockets', () => {
  let running: InProcess;
  let mine: NewOrg;
  let theirs: NewOrg;
  let theirAgent: string;
  let theirRun: string;

  beforeAll(async () => {
    running = await startInProcess();
    [mine, theirs] = await Promise.all([newOrg(running.url, 'Alpha'), newOrg(running.url, 'Bravo')]);
    theirAgent = await theirs.owner.agents.publishNew(greeting());
    theirRun = (await theirs.owner.executions.run({ agentId: theirAgent, input: { name: 'Ada' } })).id;
  });

  afterAll(async () => {
    await running?.stop();
  });

  /** The other organisation works; whatever `socket` hears of it is a leak. */
  async function hearsNothing(socket: ExecutionsSocket): Promise<void> {
    const until = Date.now() + LISTEN_MS;
    while (Date.now() < until) {
      await theirs.owner.executions.run({ agentId: theirAgent, input: { name: 'Grace' } });
      await sleep(50);
    }
    expect(socket.events).toEqual([]);
    expect(socket.changes).toEqual([]);
  }

  const refusal = (connecting: Promise<ExecutionsSocket>): Promise<string> =>
    connecting.then(
      (socket) => {
        socket.close();
        return 'was let in';
      },
      (error: unknown) => (error as Error).message,
    );

  it('are refused at the handshake without a good token', async () => {
    const tokens = [null, '', 'nonsense', 'af_0123456789abcdef0123456789abcdef', `${mine.owner.token ?? ''}x`];
    for (const token of tokens) {
      expect(await refusal(ExecutionsSocket.connect(running.url, token))).toMatch(/^auth\./);
    }
  });

  it('are refused when the handshake carries something else than a text as its token', async () => {
    for (const token of [{ $ne: null }, [mine.owner.token], 7, true]) {
      expect(await refusal(ExecutionsSocket.connect(running.url, token as unknown as string))).toMatch(/^auth\./);
    }
  });

  it('are refused when the token is in the address, where logs would keep it', async () => {
    const socket = io(`${running.url}/executions`, {
      query: { token: mine.owner.token, 'auth[token]': mine.owner.token },
      ...{ transports: ['websocket'], reconnection: false, forceNew: true },
    });
    const refused = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(false));
      socket.once('connect_error', () => resolve(true));
    });
    socket.disconnect();
    expect(refused).toBe(true);
  });

  it('are refused when they name another organisation than their own', async () => {
    const connect = (client: ApiClient): Promise<string> =>
      refusal(ExecutionsSocket.connect(running.url, client.token, theirs.orgId));
    const { key } = await mine.owner.org.createApiKey(['executions:read']);
    expect(await connect(mine.owner)).toBe('organisation.not_found');
    expect(await connect(mine.owner.as(key))).toBe('organisation.not_found');
  });

  it('are refused for a page of another origin', async () => {
    const { status } = await send(running.url, {
      method: 'GET',
      path: '/socket.io/?EIO=4&transport=polling',
      headers: { origin: 'https://evil.example', connection: 'close' },
    });
    expect(status).toBe(403);
  });

  it('answer every message that names a run of another organisation as if there were none', async () => {
    const messages = socketMessagesOf(running.app);
    expect(messages.map(({ namespace }) => namespace)).toEqual(messages.map(() => '/executions'));
    const unknown = messages.filter(({ name }) => !(name in ANSWERS)).map(({ name }) => name);
    expect(unknown.map((name) => `${name}: say in ANSWERS of this file what it answers to a stranger`)).toEqual([]);

    const socket = await mine.owner.connect();
    for (const { name } of messages) {
      const body = { executionId: theirRun, orgId: theirs.orgId, id: theirRun, after: 0 };
      expect(ANSWERS[name]).toContainEqual(await socket.emit(name, body));
    }
    await hearsNothing(socket);
    socket.close();
  });

  it('answer everything that is no id with an error, rooms and lists included', async () => {
    const socket = await mine.owner.connect();
    const ids: unknown[] = [
      [theirRun],
      { toString: theirRun },
      { $ne: null },
      `org:${theirs.orgId}`,
      `tenant:*`,
      '*',
      `${theirRun},${theirRun}`,
      ` ${theirRun}`,
      theirs.orgId.slice(0, 8),
      null,
      0,
    ];
    for (const executionId of ids) expect(await socket.emit('subscribe', { executionId })).toEqual(MALFORMED);
    for (const message of [theirRun, [theirRun], [{ executionId: theirRun }], null]) {
      expect(await socket.emit('subscribe', message)).toEqual(MALFORMED);
    }
    expect(await socket.subscribe(theirRun.toUpperCase())).toEqual(NOT_FOUND);
    expect(await socket.subscribe(theirs.orgId)).toEqual(NOT_FOUND);
    await hearsNothing(socket);
    socket.close();
  });

  it('hear nothing outside of the namespace that asks for a token', async () => {
    const stranger = io(running.url, { transports: ['websocket'], reconnection: false, forceNew: true });
    const heard: unknown[] = [];
    stranger.onAny((...all: unknown[]) => heard.push(all));
    await new Promise<void>((resolve) => stranger.once('connect', resolve).once('connect_error', () => resolve()));
    for (const name of Object.keys(ANSWERS))
      stranger.emit(name, { executionId: theirRun }, (answer: unknown) => heard.push(answer));
    await theirs.owner.executions.run({ agentId: theirAgent, input: { name: 'Ada' } });
    await sleep(500);
    stranger.disconnect();
    expect(heard).toEqual([]);
  });

  it('end within five seconds once their credential is gone, and do not come back', async () => {
    const { id, key } = await mine.owner.org.createApiKey(['executions:read', 'agents:read']);
    const [leaver, signedOut, demoted] = [
      await newMember(mine, 'viewer'),
      await newMember(mine, 'viewer'),
      await newMember(mine, 'editor'),
    ];
    const { id: roleId } = await mine.owner.http.ask<{ id: string }>('POST', '/org/roles', {
      name: 'Agents only',
      permissions: ['agents:read'],
    });
    const clients = [mine.owner.as(key), leaver.client, signedOut.client, demoted.client];
    const sockets = await Promise.all(clients.map((client) => client.connect()));
    const staying = await mine.owner.connect();
    const agentId = await mine.owner.agents.publishNew(greeting());
    const run = await mine.owner.executions.run({ agentId, input: { name: 'Ada' } });
    for (const socket of sockets) expect(await socket.subscribe(run.id)).toMatchObject({ ok: true });

    await mine.owner.org.revokeApiKey(id);
    await mine.owner.org.removeMember(leaver.user.id);
    await signedOut.client.http.send('POST', '/auth/logout', { everywhere: false });
    await mine.owner.http.ask('PATCH', `/org/members/${demoted.user.id}`, { role: `custom:${roleId}` });

    await Promise.all(sockets.map((socket) => socket.disconnected(SHUT_OUT_WITHIN_MS)));
    expect(staying.connected).toBe(true);
    staying.close();
    for (const client of clients.slice(0, 3)) expect(await refusal(client.connect())).toMatch(/^auth\./);
    const limited = await demoted.client.connect();
    expect(await limited.subscribe(run.id)).toEqual({ ok: false, code: 'auth.forbidden' });
    expect(await limited.subscribeOrg()).toEqual({ ok: false, code: 'auth.forbidden' });
    limited.close();
  });
});
