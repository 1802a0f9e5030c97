/** Real: Postgres and PGlite, roles, row-level security, OrgDatabase, scoped repository and subscriber on a table of this test. */
import { randomUUID } from 'node:crypto';
import type { Database } from '#platform/database';
import { orgScopeStatements } from '#platform/database';
import { Column, Entity, type MigrationInterface, type QueryRunner } from 'typeorm';
import { TestDatabase } from '../../platform/src/testing/test-database.js';
import { acrossOrgs } from './across-orgs.js';
import { OrgContext } from './org-context.js';
import { OrgDatabase } from './org-database.js';
import { OrgScopeSubscriber } from './org-scope.subscriber.js';
import { OrgScopedEntity } from './org-scoped.entity.js';
import { OrgScopedRepository } from './org-scoped.repository.js';

@Entity()
class Note extends OrgScopedEntity {
  @Column('text')
  text!: string;
}

class CreateNotes1 implements MigrationInterface {
  name = 'CreateNotes1';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE note (id uuid PRIMARY KEY, org_id uuid NOT NULL, text text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`,
    );
    for (const statement of orgScopeStatements('note')) await runner.query(statement);
  }
  async down(): Promise<void> {
    // Nobody goes back in this test.
  }
}

class NotesRepository extends OrgScopedRepository<Note> {
  constructor(database: OrgDatabase) {
    super(database, Note);
  }
  all = (): Promise<Note[]> => this.findMany({ order: { text: 'ASC' } });
  named = (...texts: string[]): Promise<Note[]> => this.findMany({ where: texts.map((text) => ({ text })) });
  byId = (id: string): Promise<Note | null> => this.findFirst({ id });
  count = (): Promise<number> => this.countRows();
  add = (text: string, more: Partial<Note> = {}): Promise<Note> => this.insertRow({ text, ...more });
  addAll = (texts: readonly string[]): Promise<void> => this.insertRows(texts.map((text) => ({ text })));
  rename = (id: string, text: string): Promise<number> => this.updateRows({ id }, { text });
  move = (id: string, orgId: string): Promise<number> => this.updateRows({ id }, { orgId });
  remove = (id: string): Promise<number> => this.deleteRows({ id });
  find = (text: string): Promise<Note[]> =>
    this.select('n', (query) => query.andWhere('n.text = :text', { text }).orWhere('true').getMany());
}

describe.each(['postgres', 'embedded'] as const)('OrgDatabase on %s', (kind) => {
  let testDatabase: TestDatabase;
  let opened: Database;
  let database: OrgDatabase;
  let notes: NotesRepository;
  let [mine, theirs] = ['', ''];

  beforeAll(async () => {
    testDatabase = await TestDatabase.create(kind);
    opened = await testDatabase.open([CreateNotes1]);
    opened.dataSource.subscribers.push(new OrgScopeSubscriber());
    database = new OrgDatabase(opened);
    notes = new NotesRepository(database);
  });

  afterAll(async () => {
    await opened.close();
    await testDatabase.drop();
  });

  beforeEach(() => {
    [mine, theirs] = [randomUUID(), randomUUID()];
  });

  const count = (): Promise<number> =>
    database.transaction(async (manager) => {
      const [row] = await manager.query<{ count: number }[]>('SELECT count(*)::int AS count FROM note');
      return row?.count ?? -1;
    });

  describe('A transaction', () => {
    it('needs an organisation, or a reason to have none', async () => {
      await expect(count()).rejects.toThrow(/No organisation is open/);
      await expect(acrossOrgs('a test counts everything', count)).resolves.toBeGreaterThanOrEqual(0);
    });

    it('sees its organisation alone, and the connection forgets it', async () => {
      await OrgContext.run(mine, () => notes.add('a'));
      expect(await OrgContext.run(mine, count)).toBe(1);
      expect(await OrgContext.run(theirs, count)).toBe(0);
      const [row] = await opened.dataSource.query<{ org: string }[]>(
        `SELECT coalesce(current_setting('app.org_id', true), '') AS org`,
      );
      expect(row?.org).toBe('');
    });

    it('is joined by nested calls and rolled back as a whole', async () => {
      const work = OrgContext.run(mine, () =>
        database.transaction(async () => {
          await notes.add('a');
          await database.transaction(() => notes.add('b'));
          expect(await notes.count()).toBe(2);
          throw new Error('changed my mind');
        }),
      );
      await expect(work).rejects.toThrow('changed my mind');
      expect(await OrgContext.run(mine, count)).toBe(0);
    });

    it('takes queries that run at the same time', async () => {
      const added = await OrgContext.run(mine, () =>
        database.transaction(() => Promise.all(['a', 'b', 'c', 'd'].map((text) => notes.add(text)))),
      );
      expect(added).toHaveLength(4);
      expect((await OrgContext.run(mine, notes.all)).map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
    });

    it('tells listeners after its commit, in order, and never after a rollback', async () => {
      const told: string[] = [];
      await OrgContext.run(mine, () =>
        database.transaction(async () => {
          database.afterCommit(() => told.push('first'));
          await database.transaction(async () => void database.afterCommit(() => told.push('nested')));
          expect(told).toEqual([]);
        }),
      );
      expect(told).toEqual(['first', 'nested']);
      database.afterCommit(() => told.push('at once'));
      await OrgContext.run(mine, () =>
        database.transaction(() => {
          database.afterCommit(() => told.push('never'));
          return Promise.reject(new Error('rollback'));
        }),
      ).catch(() => undefined);
      expect(told).toEqual(['first', 'nested', 'at once']);
    });

    it('that has ended is not used by work that outlives it', async () => {
      let goOn = (): void => undefined;
      const gate = new Promise<void>((resolve) => (goOn = resolve));
      let outliving: Promise<unknown> = Promise.resolve();
      await OrgContext.run(mine, () =>
        database.transaction(async () => {
          await notes.add('a');
          outliving = gate.then(async () => {
            for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
            return database.transaction((manager) =>
              manager.query(`SELECT current_setting('app.org_id', true) AS org`),
            );
          });
          // From here on the transaction is on its way to its commit.
          goOn();
        }),
      );
      expect(await outliving).toEqual([{ org: mine }]);
      expect(await OrgContext.run(mine, count)).toBe(1);
    });

    it('of one organisation refuses another one, and the way out of all', async () => {
      await OrgContext.run(mine, () =>
        database.transaction(async () => {
          expect(() => OrgContext.run(theirs, count)).toThrow(/inside a transaction of another one/);
          expect(() => acrossOrgs('a test tries it', count)).toThrow(/cannot start inside/);
          expect(await OrgContext.run(mine, count)).toBe(0);
        }),
      );
    });

    it('across organisations sees them all, for one statement too', async () => {
      await OrgContext.run(mine, () => notes.add('a'));
      await OrgContext.run(theirs, () => notes.add('b'));
      const rows = await database.acrossOrgsStatement<{ text: string }>(
        'a test reads everything',
        'SELECT text FROM note WHERE org_id = ANY($1::uuid[]) ORDER BY text',
        [[mine, theirs]],
      );
      expect(rows).toEqual([{ text: 'a' }, { text: 'b' }]);
      const changed = await database.acrossOrgsStatement<{ text: string }>(
        'a test changes everything',
        `UPDATE note SET text = text || '!' WHERE org_id = $1 RETURNING text`,
        [mine],
      );
      expect(changed).toEqual([{ text: 'a!' }]);
    });
  });

  describe('A scoped repository', () => {
    it('stamps what it inserts, one row or a thousand', async () => {
      const note = await OrgContext.run(mine, () => notes.add('a'));
      expect(note).toMatchObject({
        orgId: mine,
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        createdAt: expect.any(Date),
      });
      await OrgContext.run(mine, () => notes.addAll(Array.from({ length: 1_500 }, (_, index) => String(index))));
      expect(await OrgContext.run(mine, notes.count)).toBe(1_501);
      expect(await OrgContext.run(theirs, notes.count)).toBe(0);
    });

    it('neither finds nor changes nor deletes rows of another organisation', async () => {
      const { id } = await OrgContext.run(theirs, () => notes.add('theirs'));
      await OrgContext.run(mine, async () => {
        expect([
          await notes.all(),
          await notes.named('theirs', 'x'),
          await notes.byId(id),
          await notes.find('theirs'),
        ]).toEqual([[], [], null, []]);
        expect([await notes.rename(id, 'mine'), await notes.remove(id)]).toEqual([0, 0]);
      });
      expect((await OrgContext.run(theirs, () => notes.byId(id)))?.text).toBe('theirs');
    });

    it('refuses to insert for, or to move a row to, another organisation', async () => {
      await OrgContext.run(mine, async () => {
        await expect(notes.add('x', { orgId: theirs })).rejects.toThrow(/another organisation/);
        const { id } = await notes.add('a');
        expect(() => notes.move(id, theirs)).toThrow(/ever changes/);
      });
    });

    it('asks nothing without an organisation', async () => {
      await expect((async () => notes.all())()).rejects.toThrow(/No organisation is open/);
      await expect((async () => notes.add('x'))()).rejects.toThrow(/No organisation is open/);
    });
  });
});

describe('The filter of a scoped repository', () => {
  it('stands in every condition, also where there is none to stand in', async () => {
    const asked: unknown[] = [];
    const rows = { find: (options: { where: unknown }) => Promise.resolve(void asked.push(options.where)) };
    const fake = { transaction: (work: (manager: object) => unknown) => work({ getRepository: () => rows }) };
    const notes = new NotesRepository(fake as unknown as OrgDatabase);
    await OrgContext.run('org', async () => {
      await notes.all();
      await notes.named('a', 'b');
      await notes.named();
    });
    expect(asked).toEqual([
      { orgId: 'org' },
      [
        { text: 'a', orgId: 'org' },
        { text: 'b', orgId: 'org' },
      ],
      [{ orgId: 'org' }],
    ]);
  });
});
