import type { DeleteQueryBuilder, EntityManager, UpdateQueryBuilder } from 'typeorm';
import { acrossOrgs } from '#tenancy';
import { DatabaseAlone } from './database-alone.js';
import { type Outcome, outcomeOf } from './statement-outcome.js';
import { stores } from './stores.js';

/**
 * The application's lock is open for the whole file: no filter, no subscriber. What stands between two organisations is
 * Postgres alone. Real: application and database, each kind of it.
 */
describe.each(stores)('entities, on %s', (_name, setup, run) => {
  (run ? describe : describe.skip)('with the application’s locks open', () => {
    let alone: DatabaseAlone;

    beforeAll(async () => {
      alone = await DatabaseAlone.start(setup);
    });

    afterAll(() => alone?.stop());

    afterEach(async () => {
      expect(await alone.changedOfTheirs()).toEqual([]);
    });

    it('holds for everything that TypeORM does with an entity', async () => {
      const scoped = alone.dataSource.entityMetadatas.filter(({ columns }) =>
        columns.some(({ propertyName }) => propertyName === 'orgId'),
      );
      expect(scoped.length).toBeGreaterThanOrEqual(10);
      const foreign = { orgId: alone.theirs.ids.orgId };
      const byBuilder = <E extends object>(query: DeleteQueryBuilder<E> | UpdateQueryBuilder<E>): Promise<unknown> =>
        query.where('org_id = :orgId', foreign).execute();
      for (const { target, name, tableName } of scoped) {
        const found = await alone.asMine(async (manager) => {
          const rows = manager.getRepository<{ orgId: string }>(target);
          const query = () => rows.createQueryBuilder('t').where('t.org_id = :orgId', foreign);
          return {
            find: (await rows.find()).filter(({ orgId }) => orgId !== alone.mine.ids.orgId),
            findBy: await rows.findBy(foreign),
            findOneBy: await rows.findOneBy(foreign),
            count: await rows.countBy(foreign),
            exists: await rows.existsBy(foreign),
            getMany: await query().getMany(),
            getRawMany: await query().getRawMany(),
            getCount: await query().getCount(),
            together: (await Promise.all(Array.from({ length: 20 }, () => rows.countBy(foreign)))).filter(
              (count) => count > 0,
            ),
          };
        });
        expect({ name, found }).toEqual({
          name,
          found: {
            ...{
              find: [],
              findBy: [],
              findOneBy: null,
              count: 0,
              exists: false,
              getMany: [],
              getRawMany: [],
              getCount: 0,
            },
            together: [],
          },
        });

        const [their] = await acrossOrgs('the test looks at the rows that it attacks', () =>
          alone.database.transaction((manager) =>
            manager.getRepository<{ orgId: string }>(target).find({ where: foreign, take: 1 }),
          ),
        );
        const write = (work: (manager: EntityManager) => Promise<unknown>): Promise<Outcome> =>
          outcomeOf(() => alone.asMine(work));
        const copy = (manager: EntityManager): object => manager.create(target, { ...their });
        const made = [
          await write((manager) => manager.getRepository(target).insert({ ...their })),
          await write((manager) => manager.getRepository(target).save(copy(manager))),
          await write((manager) =>
            manager
              .createQueryBuilder()
              .insert()
              .into(target)
              .values({ ...their })
              .execute(),
          ),
        ];
        expect({ tableName, made: made.filter((outcome) => !('code' in outcome)) }).toEqual({ tableName, made: [] });
        const changed = [
          await write((manager) => manager.getRepository(target).delete(foreign)),
          await write((manager) => byBuilder(manager.createQueryBuilder().delete().from(target))),
          await write((manager) =>
            byBuilder(
              manager
                .createQueryBuilder()
                .update(target)
                .set({ orgId: () => 'org_id' }),
            ),
          ),
        ];
        const effects = changed.filter(
          (outcome) => !('code' in outcome) && !('affected' in outcome && outcome.affected === 0),
        );
        expect({ tableName, effects }).toEqual({ tableName, effects: [] });
        // It answers with the entity whether there was a row or not; the rows are compared after the test.
        await write((manager) => manager.getRepository(target).remove(copy(manager)));
      }
    });
  });
});
