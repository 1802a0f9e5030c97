/** Real: HTTP, validation, tenancy and Postgres. Signing in and the runs that trials start are replaced. */
import { newId } from '#platform/ids';
import { PromptsTestApp, type TestPerson } from './testing/prompts-test-app.js';

let app: PromptsTestApp;
let ada: TestPerson;

beforeAll(async () => {
  app = await PromptsTestApp.start();
});

afterAll(() => app.stop());

beforeEach(async () => {
  ada = await app.newPerson();
});

const variable = (name: string, more: object = {}): object => ({
  name,
  type: 'text',
  description: '',
  example: '',
  required: true,
  ...more,
});

const greeting = (word = 'Hello'): object => ({
  system: 'You are {{ mood }}.',
  user: `${word}, {{ name }}!`,
  variables: [variable('mood'), variable('name')],
});

describe('A prompt of the library', () => {
  it('starts with a small draft that can be published at once', async () => {
    const id = await ada.create('first');
    const draft = await ada.send('get', `/prompts/${id}/draft`);
    expect(draft.body).toMatchObject({ revision: 1, problems: [], warnings: [] });
    expect(draft.headers).toMatchObject({ etag: '"1"' });
    expect(await ada.send('post', `/prompts/${id}/publish`, { note: 'The first' })).toMatchObject({
      status: 201,
      body: { number: 1, note: 'The first', createdBy: { name: 'Ada Okafor' } },
    });
    expect((await ada.send('get', `/prompts/${id}`)).body).toMatchObject({
      publishedVersion: 1,
      hasUnpublishedChanges: false,
    });
  });

  it('has a name of its own that fits into an address', async () => {
    await ada.create('greeting');
    expect(await ada.send('post', '/prompts', { name: 'greeting' })).toMatchObject({
      status: 409,
      body: { code: 'prompt.name_taken' },
    });
    for (const name of ['Greeting', 'a b', '-a', 'a--b', '', 'a'.repeat(65), ['a'], 7]) {
      expect((await ada.send('post', '/prompts', { name })).status).toBe(400);
    }
  });

  it('is found by a part of its name or description, and listed in pages', async () => {
    for (const name of ['one', 'two', 'three']) await ada.create(name);
    const first = await ada.send('get', '/prompts?limit=2');
    expect(first.body.data.map(({ name }) => name)).toEqual(['three', 'two']);
    const second = await ada.send('get', `/prompts?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body.data.map(({ name }) => name)).toEqual(['one']);
    expect((await ada.send('get', '/prompts?search=WO')).body.data).toHaveLength(1);
    expect((await ada.send('get', '/prompts?search=%25')).body.data).toHaveLength(0);
  });

  it('belongs to one organisation: everybody else finds nothing', async () => {
    const id = await ada.create('secret');
    await ada.send('post', `/prompts/${id}/publish`, {});
    const eve = await app.newPerson();
    const foreign = [
      await eve.send('get', `/prompts/${id}`),
      await eve.send('get', `/prompts/${id}/draft`),
      await eve.send('put', `/prompts/${id}/draft`, greeting()),
      await eve.send('get', `/prompts/${id}/versions`),
      await eve.send('get', `/prompts/${id}/versions/1`),
      await eve.send('get', `/prompts/${id}/versions/1/diff/draft`),
      await eve.send('post', `/prompts/${id}/versions/1/restore`),
      await eve.send('post', `/prompts/${id}/duplicate`, {}),
      await eve.send('delete', `/prompts/${id}`),
      await eve.send('post', '/prompts/render', { promptId: id, version: 1, variables: {} }),
    ];
    expect(foreign.map(({ status }) => status)).toEqual(foreign.map(() => 404));
    expect((await eve.send('post', '/prompts', { name: 'secret' })).status).toBe(201);
  });

  it('is copied with its draft under a free name', async () => {
    const id = await ada.create('greeting', greeting());
    expect((await ada.send('post', `/prompts/${id}/duplicate`, {})).body).toMatchObject({ name: 'greeting-copy' });
    expect((await ada.send('post', `/prompts/${id}/duplicate`, {})).body).toMatchObject({ name: 'greeting-copy-2' });
    expect(await ada.send('post', `/prompts/${id}/duplicate`, { name: 'greeting' })).toMatchObject({ status: 409 });
  });

  it('can be renamed from the state that somebody has read', async () => {
    const id = await ada.create('greeting');
    expect(await ada.send('patch', `/prompts/${id}`, { name: 'hello' }, { 'if-match': '"1"' })).toMatchObject({
      status: 200,
      body: { name: 'hello', revision: 2 },
    });
    expect(await ada.send('patch', `/prompts/${id}`, { name: 'hi' }, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'prompt.changed' },
    });
  });

  it('stays as it is while agents run with it', async () => {
    const id = await ada.create('greeting');
    app.announce({
      findUses: (promptId) => Promise.resolve(promptId === id ? [{ id: newId(), name: 'Ticket triage' }] : []),
    });
    for (const answer of [
      await ada.send('delete', `/prompts/${id}`),
      await ada.send('post', `/prompts/${id}/archive`),
      await ada.send('patch', `/prompts/${id}`, { name: 'other' }),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'prompt.in_use' } });
      expect(answer.body['detail']).toContain('“Ticket triage”');
    }
    expect((await ada.send('patch', `/prompts/${id}`, { description: 'Says hello' })).status).toBe(200);
  });

  it('is archived, and neither edited nor published until it is taken back', async () => {
    const id = await ada.create('greeting');
    await ada.send('post', `/prompts/${id}/archive`);
    expect((await ada.send('get', '/prompts')).body.data).toEqual([]);
    expect((await ada.send('get', '/prompts?archived=true')).body.data).toHaveLength(1);
    for (const answer of [
      await ada.send('put', `/prompts/${id}/draft`, greeting()),
      await ada.send('post', `/prompts/${id}/publish`, {}),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'prompt.archived' } });
    }
    await ada.send('post', `/prompts/${id}/unarchive`);
    expect((await ada.send('post', `/prompts/${id}/publish`, {})).status).toBe(201);
  });

  it('is deleted with its versions', async () => {
    const id = await ada.create('greeting');
    await ada.send('post', `/prompts/${id}/publish`, {});
    expect((await ada.send('delete', `/prompts/${id}`)).status).toBe(204);
    expect((await ada.send('get', `/prompts/${id}/versions/1`)).status).toBe(404);
    expect((await ada.send('post', '/prompts', { name: 'greeting' })).status).toBe(201);
  });
});

describe('The draft of a prompt', () => {
  it('is kept although it is wrong, and the answer names each problem and the new revision', async () => {
    const id = await ada.create('greeting');
    const saved = await ada.send('put', `/prompts/${id}/draft`, {
      user: 'Hello\n{% if name %}',
      system: '{{ input.name }} {{ nobody }}',
      variables: [variable('name'), variable('name'), variable('2nd'), variable('steps')],
      model: 'nonsense',
    });
    expect(saved).toMatchObject({ status: 422, headers: { etag: '"2"' }, body: { code: 'prompt.draft_invalid' } });
    expect(saved.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/user template.syntax',
      '/variables/1/name prompt.variable_twice',
      '/variables/2/name prompt.variable_name',
      '/variables/3/name prompt.variable_name',
      '/system prompt.variable_unknown',
      '/system prompt.variable_unknown',
      '/model prompt.model',
    ]);
    expect(saved.body.errors[0]?.message).toContain('line:2, col:1');
    expect((await ada.send('get', `/prompts/${id}/draft`)).body).toMatchObject({
      revision: 2,
      content: { model: 'nonsense' },
    });
    expect(await ada.send('post', `/prompts/${id}/publish`, {})).toMatchObject({
      status: 422,
      body: { code: 'prompt.invalid' },
    });
  });

  it('is saved only over the state that was edited', async () => {
    const id = await ada.create('greeting');
    expect((await ada.send('put', `/prompts/${id}/draft`, greeting('A'), { 'if-match': '"1"' })).status).toBe(200);
    expect(await ada.send('put', `/prompts/${id}/draft`, greeting('B'), { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'prompt.draft.changed' },
    });
  });

  it('says what is declared and never used', async () => {
    const id = await ada.create('greeting');
    const { body } = await ada.send('put', `/prompts/${id}/draft`, {
      user: 'Hello',
      variables: [variable('name'), variable('count', { type: 'number', example: 'many' })],
    });
    expect(body['warnings']).toMatchObject([
      { pointer: '/variables/0', code: 'prompt.variable_unused' },
      { pointer: '/variables/1', code: 'prompt.variable_unused' },
      { pointer: '/variables/1/example', code: 'prompt.example_type' },
    ]);
  });

  it('takes texts and nothing else for a text, and no more than 64 KiB', async () => {
    const id = await ada.create('greeting');
    for (const user of [{ type: 'Program', body: [] }, ['{{ name }}'], 7, null, 'a'.repeat(65_537), 'a\0b']) {
      expect((await ada.send('put', `/prompts/${id}/draft`, { user })).status).toBe(400);
      expect((await ada.send('post', '/prompts/render', { draft: { user }, variables: {} })).status).toBe(400);
    }
    expect((await ada.send('put', `/prompts/${id}/draft`, { user: 'a'.repeat(65_536) })).status).toBe(200);
  });
});

describe('Versions of a prompt', () => {
  it('differ line by line, and one can be made the draft again', async () => {
    const id = await ada.create('greeting', greeting('Hello'));
    await ada.send('post', `/prompts/${id}/publish`, {});
    expect(await ada.send('post', `/prompts/${id}/publish`, {})).toMatchObject({
      status: 409,
      body: { code: 'prompt.nothing_to_publish' },
    });
    await ada.send('put', `/prompts/${id}/draft`, { ...greeting('Hi'), model: 'simulated/offline' });
    expect((await ada.send('get', `/prompts/${id}/versions/1/diff/draft`)).body).toEqual({
      from: 1,
      to: 'draft',
      system: [],
      user: [
        { change: 'removed', text: 'Hello, {{ name }}!' },
        { change: 'added', text: 'Hi, {{ name }}!' },
      ],
      fields: [{ pointer: '/model', after: 'simulated/offline' }],
    });
    await ada.send('post', `/prompts/${id}/publish`, { note: 'Shorter' });
    const { body } = await ada.send('get', `/prompts/${id}/versions`);
    expect(body.data.map(({ number, note }) => ({ number, note }))).toEqual([
      { number: 2, note: 'Shorter' },
      { number: 1, note: '' },
    ]);
    await ada.send('post', `/prompts/${id}/versions/1/restore`);
    expect((await ada.send('get', `/prompts/${id}/versions/1/diff/draft`)).body).toMatchObject({
      user: [],
      fields: [],
    });
  });

  it('are numbered without a gap, however many publish at a time', async () => {
    const id = await ada.create('greeting');
    const answers = await Promise.all([1, 2, 3].map(() => ada.send('post', `/prompts/${id}/publish`, {})));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });
});

describe('A prompt that is filled in', () => {
  const render = (draft: object, variables: object) => ada.send('post', '/prompts/render', { draft, variables });

  it('shows what the model would be told, without reading values as templates', async () => {
    expect(await render(greeting(), { mood: 'kind', name: '{{ mood }} {% raw %}' })).toMatchObject({
      status: 200,
      body: { system: 'You are kind.', user: 'Hello, {{ mood }} {% raw %}!' },
    });
  });

  it('names each variable that is missing, of another type, or not declared', async () => {
    const { status, body } = await render(greeting(), { name: 7, other: 'x' });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/variables/other prompt.variable_unknown',
      '/variables/mood prompt.variable_missing',
      '/variables/name prompt.variable_type',
    ]);
  });

  it.each([
    ['a file', "{% include 'secret' %}"],
    ['a layout', "{% layout 'secret' %}"],
    ['a filter of expressions', "{{ list | where_exp: 'x', 'x' }}"],
    ['Handlebars', '{{#with "s" as |string|}}{{/with}}'],
    ['Jinja', '{{ "".__class__.__mro__ }}{% import os %}'],
  ])('runs nothing of a template that asks for %s', async (_what, user) => {
    expect(await render({ user, variables: [] }, {})).toMatchObject({ status: 422, body: { code: 'prompt.invalid' } });
  });

  it.each(['{{ name.constructor.constructor }}', '{{ name.__proto__ }}', '${7*7}<%= 7*7 %>#{7*7}'])(
    'finds nothing behind %s',
    async (user) => {
      const { status, body } = await render(
        { user, variables: [variable('name', { required: false })] },
        { name: 'x' },
      );
      expect(status).toBe(200);
      expect(body['user']).not.toMatch(/function|49|object/i);
    },
  );

  it('stops a template that would never end', async () => {
    const user = '{% for a in (1..10000000) %}{% for b in (1..10000000) %}x{% endfor %}{% endfor %}';
    expect(await render({ user, variables: [] }, {})).toMatchObject({
      status: 422,
      body: { code: 'prompt.variables_invalid', errors: [{ pointer: '/user', code: 'template.failed' }] },
    });
  });
});

describe('Prompts that are tried beside each other', () => {
  it('become runs, one for each candidate, with their words filled in', async () => {
    const id = await ada.create('greeting', greeting());
    await ada.send('post', `/prompts/${id}/publish`, {});
    const { status, body } = await ada.send('post', '/prompts/try', {
      candidates: [
        { promptId: id, version: 1, model: 'simulated/offline', parameters: { temperature: 0.5 } },
        { draft: { user: 'Bye, {{ name }}!', variables: [variable('name')] }, model: 'simulated/offline' },
      ],
      variables: { mood: 'kind', name: 'Ada' },
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ user: 'Hello, Ada!' }, { user: 'Bye, Ada!' }]);
    expect(app.runs.started.slice(-2)).toEqual([
      {
        system: 'You are kind.',
        prompt: 'Hello, Ada!',
        model: 'simulated/offline',
        parameters: { temperature: 0.5 },
        promptRef: { id, version: 1 },
      },
      { system: '', prompt: 'Bye, Ada!', model: 'simulated/offline', parameters: {}, promptRef: null },
    ]);
  });

  it('become the same runs again for the same key', async () => {
    const eve = await app.newPerson();
    const one = { draft: { user: 'Hello' }, model: 'simulated/offline' };
    const tried = () =>
      eve.send('post', '/prompts/try', { candidates: [one, one], variables: {} }, { 'idempotency-key': 'twice' });
    const first = await tried();
    const again = await tried();
    expect(new Set(first.body.data.map(({ executionId }) => executionId)).size).toBe(2);
    expect(again).toMatchObject({ status: 200, body: first.body, headers: { 'idempotent-replayed': 'true' } });
    expect(first.headers['idempotent-replayed']).toBeUndefined();
  });

  it('count as one request of the person who tries them', async () => {
    const eve = await app.newPerson();
    const one = { draft: { user: 'Hello' }, model: 'simulated/offline' };
    const tried = () => eve.send('post', '/prompts/try', { candidates: [one, one], variables: {} });
    expect((await tried()).headers).toMatchObject({ 'x-ratelimit-remaining': '9' });
    expect((await tried()).headers).toMatchObject({ 'x-ratelimit-remaining': '8' });
  });

  it('start nothing when one of them is wrong', async () => {
    const before = app.runs.started.length;
    const candidates = [
      { draft: { user: 'Hello' }, model: 'simulated/offline' },
      { draft: { user: 'Hello {{ name }}' }, model: 'simulated/offline' },
    ];
    expect(await ada.send('post', '/prompts/try', { candidates, variables: {} })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/candidates/1/draft/user', code: 'prompt.variable_unknown' }] },
    });
    expect(app.runs.started).toHaveLength(before);
  });

  it('are two to four, each with a model, for those who may start runs', async () => {
    const one = { draft: { user: 'Hello' }, model: 'simulated/offline' };
    const asked = (candidates: object[]) => ada.send('post', '/prompts/try', { candidates, variables: {} });
    expect((await asked([one])).status).toBe(400);
    expect((await asked([one, one, one, one, one])).status).toBe(400);
    expect((await asked([one, { draft: one.draft }])).status).toBe(400);
    expect((await asked([one, { model: 'simulated/offline' }])).status).toBe(400);
    const clerk = ada.with(['prompts:read', 'prompts:write']);
    expect(await clerk.send('post', '/prompts/try', { candidates: [one, one], variables: {} })).toMatchObject({
      status: 403,
    });
  });
});
