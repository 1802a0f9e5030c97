/** Real: the database (Postgres where TEST_DATABASE_URL names one, embedded otherwise), the egress door and local servers behind it. */
import { newId } from '#platform/ids';
import { type LoopbackServer, startHttp } from '../../platform/src/egress/testing/loopback-server.js';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { ConnectionTest } from './connection-test.js';
import { CredentialVault } from './credential-vault.js';
import { CredentialResponse } from './dto/credential-response.dto.js';
import { IntegrationsReadModel } from './integrations.read-model.js';
import { IntegrationsService, type NewCredential } from './integrations.service.js';
import { CREDENTIAL_KINDS } from './kinds/credential-kinds.js';
import { IntegrationsTestProcess, type TestMember } from './testing/integrations-test-process.js';

const CANARY = 'canary-7f2c9d41aa30-secret';

let testDatabase: TestDatabase;
let one: IntegrationsTestProcess;
let ada: TestMember;
let service: LoopbackServer;
let canary: LoopbackServer;
let answer: { status: number; body: string };

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  one = await IntegrationsTestProcess.start(testDatabase);
  service = await startHttp((_request, response) => void response.writeHead(answer.status).end(answer.body));
  canary = await startHttp((_request, response) => void response.end('{}'));
});

afterAll(async () => {
  await Promise.all([service.close(), canary.close()]);
  await one.stop();
  await testDatabase.drop();
});

beforeEach(async () => {
  ada = await one.newMember();
  answer = { status: 200, body: '{"ok":true}' };
});

const bearerAt = (host: string, more: Partial<NewCredential> = {}): NewCredential => ({
  kind: 'http-bearer',
  name: newId(),
  fields: { token: CANARY },
  allowedHosts: [host],
  ...more,
});

const create = (member: TestMember, credential: NewCredential): Promise<string> =>
  member.as(async () => (await one.get(IntegrationsService).create(credential)).id);
const update = (member: TestMember, id: string, change: Parameters<IntegrationsService['update']>[1]) =>
  member.as(() => one.get(IntegrationsService).update(id, change));
const headersFor = (member: TestMember, credentialId: string, url: string) =>
  member.as(() => one.get(CredentialVault).headersFor({ credentialId, url, usedBy: 'A test' }));
const shown = (member: TestMember, id: string): Promise<CredentialResponse> =>
  member.as(async () => CredentialResponse.from(await one.get(IntegrationsReadModel).get(id)));

/** Values that a form of any kind would take, every secret a canary. */
function filled({ fields }: (typeof CREDENTIAL_KINDS)[number]): Record<string, string> {
  const plain: Record<string, string> = { host: 'db.example.com', port: '5432', tls: 'verify', header: 'X-Key' };
  return Object.fromEntries(
    fields.map(({ name, type }) => [
      name,
      type === 'secret' ? CANARY : type === 'url' ? 'https://api.example.com' : (plain[name] ?? 'a value'),
    ]),
  );
}

describe.each(CREDENTIAL_KINDS.map((kind) => [kind.kind, kind] as const))(
  'a credential of the kind %s',
  (_name, kind) => {
    it('is kept with its secrets sealed, and shows nothing of them but four signs', async () => {
      const id = await create(ada, {
        kind: kind.kind,
        name: kind.title,
        fields: filled(kind),
        allowedHosts: ['api.example.com'],
      });
      const secrets = kind.fields.filter(({ type }) => type === 'secret').map(({ name }) => name);
      const response = await shown(ada, id);
      expect(response.secrets).toEqual(secrets.map((name) => ({ name, hint: 'cret' })));
      expect(JSON.stringify(response)).not.toContain(CANARY.slice(0, 8));
      const rows = await one.query<object>('SELECT * FROM integration WHERE id = $1', [id]);
      const stored = JSON.stringify(rows);
      for (const form of [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 20)])
        expect(stored).not.toContain(form);
    });
  },
);

describe('what a credential consists of', () => {
  const problemsOf = (credential: Partial<NewCredential>) =>
    create(ada, { ...bearerAt('api.example.com'), ...credential }).then(
      () => [],
      (error: { errors?: { pointer: string }[] }) => error.errors?.map(({ pointer }) => pointer),
    );

  it.each<[string, Partial<NewCredential>, string[]]>([
    ['a kind that is none', { kind: '__proto__' }, ['/kind']],
    ['a missing field', { fields: {} }, ['/fields/token']],
    ['an empty field', { fields: { token: '  ' } }, ['/fields/token']],
    ['a field that is none', { fields: { token: 'x', other: 'y' } }, ['/fields/other']],
    [
      'a name that means something in JavaScript',
      { fields: JSON.parse('{"token":"x","__proto__":"y"}') as Record<string, string> },
      ['/fields/__proto__'],
    ],
    ['a line break, which would end its header', { fields: { token: 'x\r\nX-Admin: 1' } }, ['/fields/token']],
    ['no host', { allowedHosts: [] }, ['/allowedHosts']],
    ['every host', { allowedHosts: ['*'] }, ['/allowedHosts/0']],
    ['a whole top-level domain', { allowedHosts: ['api.example.com', '*.com'] }, ['/allowedHosts/1']],
    [
      'a header that decides where a request goes',
      { kind: 'http-header', fields: { header: 'Host', value: 'x' } },
      ['/fields'],
    ],
    [
      'an address that is none',
      {
        kind: 'oauth2',
        fields: { authorizationUrl: 'javascript:alert(1)', tokenUrl: 'data:,x', clientId: 'c' },
      },
      ['/fields/authorizationUrl', '/fields/tokenUrl'],
    ],
    ['neither token nor client', { kind: 'github', fields: {}, allowedHosts: undefined }, ['/fields']],
  ])('is refused with %s', async (_what, credential, pointers) => {
    expect(await problemsOf(credential)).toEqual(pointers);
  });

  it('has a name of its own in its organisation', async () => {
    await create(ada, bearerAt('api.example.com', { name: 'Same' }));
    await expect(create(ada, bearerAt('api.example.com', { name: 'Same' }))).rejects.toMatchObject({
      code: 'credential.name_taken',
    });
    await create(await one.newMember(), bearerAt('api.example.com', { name: 'Same' }));
  });
});

describe('where a credential may be sent', () => {
  it('is checked where it is attached', async () => {
    const id = await create(ada, bearerAt('api.example.com'));
    expect(await headersFor(ada, id, 'https://api.example.com/x')).toEqual({ authorization: `Bearer ${CANARY}` });
    for (const url of [
      canary.url,
      'https://evil.example/',
      'http://api.example.com/',
      'https://api.example.com.evil.example/',
      'https://api.example.com@evil.example/',
    ]) {
      await expect(headersFor(ada, id, url)).rejects.toMatchObject({
        code: 'credential.host_not_allowed',
        kind: 'forbidden',
      });
    }
  });

  it('cannot be widened by whoever does not know its secrets', async () => {
    const id = await create(ada, bearerAt('api.example.com', { sharing: 'edit' }));
    const bob = await one.newMember(['integrations:read', 'integrations:use', 'integrations:write'], ada);
    const canaryHost = canary.url;
    await expect(update(bob, id, { allowedHosts: ['api.example.com', canaryHost] })).rejects.toMatchObject({
      code: 'credential.secrets_required',
      errors: [{ pointer: '/fields/token', code: 'required', message: 'Enter it again.' }],
    });
    await expect(headersFor(bob, id, canary.url)).rejects.toMatchObject({ code: 'credential.host_not_allowed' });
    await update(bob, id, { name: 'Renamed' });
    await update(bob, id, { allowedHosts: [canaryHost], fields: { token: 'of-bob' } });
    expect(await headersFor(bob, id, canary.url)).toEqual({ authorization: 'Bearer of-bob' });
  });

  it('follows the base URL, whose change needs the secrets too', async () => {
    const id = await create(ada, {
      kind: 'openai-compatible',
      name: 'Models',
      fields: { baseUrl: `${service.url}/v1`, apiKey: CANARY },
    });
    expect((await shown(ada, id)).allowedHosts).toEqual([service.url]);
    await expect(update(ada, id, { fields: { baseUrl: canary.url } })).rejects.toMatchObject({
      code: 'credential.secrets_required',
    });
    await update(ada, id, { fields: { baseUrl: canary.url, apiKey: 'another' } });
    expect((await shown(ada, id)).allowedHosts).toEqual([canary.url]);
    const { fieldsFor } = {
      fieldsFor: (baseUrl: string) =>
        ada.as(() =>
          one
            .get(CredentialVault)
            .fieldsFor({ credentialId: id, kind: 'openai-compatible', baseUrl, usedBy: 'A test' }),
        ),
    };
    expect(await fieldsFor(`${canary.url}/v1`)).toEqual({ baseUrl: canary.url, apiKey: 'another' });
    await expect(fieldsFor(service.url)).rejects.toMatchObject({ code: 'credential.host_not_allowed' });
  });
});

describe('whose a credential is', () => {
  it('is its organisation’s alone: to others it was never there', async () => {
    const id = await create(ada, bearerAt('api.example.com'));
    const eve = await one.newMember();
    const nobodys = newId();
    for (const wrong of [id, nobodys, 'no-id', '__proto__']) {
      const outcomes = await Promise.allSettled([
        headersFor(eve, wrong, 'https://api.example.com/'),
        shown(eve, wrong),
        update(eve, wrong, { name: 'Mine' }),
        eve.as(() => one.get(IntegrationsService).delete(wrong)),
        eve.as(() => one.get(ConnectionTest).run(wrong)),
      ]);
      const codes = outcomes.map((each) =>
        each.status === 'rejected' ? (each.reason as { code: string }).code : 'ok',
      );
      expect(new Set(codes)).toEqual(new Set(['credential.not_found']));
    }
    expect(await eve.as(() => one.get(CredentialVault).findUsable([id]))).toEqual(new Map());
    expect(await headersFor(ada, id, 'https://api.example.com/')).toBeDefined();
  });

  it('does not open in a row that it was copied to', async () => {
    const [mine, eve] = [await create(ada, bearerAt('api.example.com')), await one.newMember()];
    const theirs = await create(eve, bearerAt('api.example.com'));
    const other = await create(ada, bearerAt('api.example.com'));
    for (const [member, to] of [
      [eve, theirs],
      [ada, other],
    ] as const) {
      await one.query(
        'UPDATE integration SET sealed_fields = (SELECT sealed_fields FROM integration WHERE id = $1) WHERE id = $2',
        [mine, to],
      );
      await expect(headersFor(member, to, 'https://api.example.com/')).rejects.toMatchObject({
        code: 'credential.unreadable',
      });
    }
  });

  it('may be used by those it is shared with, and changed by fewer', async () => {
    const member = ['integrations:read', 'integrations:use', 'integrations:write'] as const;
    const [maker, bob] = [await one.newMember(member, ada), await one.newMember(member, ada)];
    const reader = await one.newMember(['integrations:read'], ada);
    const usable = async (by: TestMember, id: string) =>
      (await by.as(() => one.get(CredentialVault).findUsable([id]))).has(id);
    const rights = async (sharing: NewCredential['sharing']) => {
      const id = await create(maker, bearerAt('api.example.com', { sharing }));
      const edits = (by: TestMember) =>
        update(by, id, { sharing }).then(
          () => 'ok',
          (error: { code: string }) => error.code,
        );
      return {
        use: [await usable(maker, id), await usable(bob, id), await usable(ada, id), await usable(reader, id)],
        edit: [await edits(maker), await edits(bob), await edits(ada), await edits(reader)],
      };
    };
    expect(await rights('private')).toEqual({
      use: [true, false, true, false],
      edit: ['ok', 'credential.not_found', 'ok', 'credential.not_found'],
    });
    expect(await rights('use')).toEqual({
      use: [true, true, true, false],
      edit: ['ok', 'credential.not_editable', 'ok', 'credential.not_editable'],
    });
    expect(await rights('edit')).toEqual({
      use: [true, true, true, false],
      edit: ['ok', 'ok', 'ok', 'credential.not_editable'],
    });
  });

  it('hides somebody else’s private one from lists', async () => {
    const bob = await one.newMember(['integrations:read', 'integrations:use'], ada);
    await create(ada, bearerAt('api.example.com', { name: 'Private', sharing: 'private' }));
    await create(ada, bearerAt('api.example.com', { name: 'Shared' }));
    const names = async (member: TestMember) =>
      (await member.as(() => one.get(IntegrationsReadModel).list({ limit: 10 }))).data.map(({ name }) => name);
    expect([await names(ada), await names(bob)]).toEqual([['Shared', 'Private'], ['Shared']]);
  });
});

describe('the test of a connection', () => {
  const slackAt = (url: string): NewCredential => ({
    kind: 'slack',
    name: newId(),
    fields: { token: CANARY, baseUrl: url },
  });
  const test = (id: string) => ada.as(() => one.get(ConnectionTest).run(id));

  it.each([
    [200, '{"ok":true}', 'ok', /accepts/],
    [200, '{"ok":false,"error":"invalid_auth"}', 'failed', /invalid_auth/],
    [200, 'not json', 'failed', /no answer of Slack/],
    [401, CANARY, 'failed', /does not accept the credential \(status 401\)/],
    [302, '', 'failed', /status 302/],
    [500, CANARY, 'failed', /status 500/],
  ])('tells what status %i with %s means, and keeps it', async (status, body, outcome, message) => {
    answer = { status, body };
    const id = await create(ada, slackAt(service.url));
    expect(await test(id)).toMatchObject({ outcome, message: expect.stringMatching(message) });
    expect((await shown(ada, id)).test).toMatchObject({ outcome, message: expect.stringMatching(message) });
    expect(JSON.stringify(await shown(ada, id))).not.toContain(CANARY);
  });

  it('sends nothing where the credential may not go', async () => {
    const id = await create(ada, { ...slackAt(canary.url), allowedHosts: [service.url] });
    const hits = canary.hits;
    expect(await test(id)).toMatchObject({ outcome: 'failed', message: expect.stringMatching(/nothing was sent/) });
    expect(canary.hits).toBe(hits);
  });

  it('is not there for kinds that nothing cheap can be asked with', async () => {
    await expect(test(await create(ada, bearerAt('api.example.com')))).rejects.toMatchObject({
      code: 'credential.no_test',
    });
  });
});

it('notes when it was last used, and by what', async () => {
  const id = await create(ada, bearerAt('api.example.com'));
  expect((await shown(ada, id)).lastUse).toBeNull();
  await headersFor(ada, id, 'https://api.example.com/');
  expect((await shown(ada, id)).lastUse).toEqual({ at: expect.any(String), by: 'A test' });
});
