import { newId } from '#platform/ids';
import { acrossOrgs } from '#tenancy';
import { DatabaseAlone } from './database-alone.js';
import { inParallel } from './in-parallel.js';
import { closeConnections, send } from './raw-request.js';
import { outcomeOf } from './statement-outcome.js';
import { stores } from './stores.js';

const FAILURES = 1_000;
const REQUESTS = 200;

/**
 * The application's lock is open for the whole file: no filter, no subscriber. What stands between two organisations is
 * Postgres alone. Real: application and database, each kind of it.
 */
describe.each(stores)('connections, on %s', (_name, setup, run) => {
  (run ? describe : describe.skip)('with the application’s locks open', () => {
    let alone: DatabaseAlone;

    beforeAll(async () => {
      alone = await DatabaseAlone.start(setup);
    });

    afterAll(() => alone?.stop());

    afterEach(async () => {
      expect(await alone.changedOfTheirs()).toEqual([]);
    });

    it('shows nobody anything while no organisation is open', async () => {
      for (const table of [...alone.tables, 'organization']) {
        expect({ table, rows: await alone.dataSource.query(`SELECT * FROM "${table}"`) }).toEqual({ table, rows: [] });
      }
      const nobody = await outcomeOf(() =>
        alone.dataSource.query(`INSERT INTO team (id, org_id, name, description) VALUES ($1, $2, 'x', '')`, [
          newId(),
          alone.theirs.ids.orgId,
        ]),
      );
      expect(nobody).toEqual({ code: '42501' });
      for (const value of ['', 'null', alone.theirs.ids.orgId.slice(0, 8), `${alone.theirs.ids.orgId}'`, '%']) {
        const outcome = await outcomeOf(() =>
          alone.dataSource.transaction(async (manager) => {
            await manager.query(`SELECT set_config('app.org_id', $1, true)`, [value]);
            return manager.query<unknown[]>('SELECT * FROM agent');
          }),
        );
        expect([{ rows: [] }, { code: '22P02' }]).toContainEqual(outcome);
      }
      await expect(alone.database.transaction((manager) => manager.query('SELECT 1'))).rejects.toThrow(
        /No organisation is open/,
      );
    });

    it(`leaves no organisation on a connection after ${FAILURES} failures`, async () => {
      const failing = [
        (): Promise<unknown> => alone.asMine(() => Promise.reject(new Error('on purpose'))),
        (): Promise<unknown> => alone.asMine((manager) => manager.query('SELECT 1 / 0')),
        (): Promise<unknown> => alone.asMine((manager) => manager.query('SELECT nothing FROM nowhere')),
        (): Promise<unknown> =>
          acrossOrgs('the test looks at the rows that it attacks', () =>
            alone.database.transaction(() => Promise.reject(new Error('across, on purpose'))),
          ),
        (): Promise<unknown> =>
          alone.asMine(async (manager) => {
            await manager.query(`SELECT set_config('app.org_id', $1, true)`, [alone.theirs.ids.orgId]);
            throw new Error('with another organisation, on purpose');
          }),
      ];
      const attempts = Array.from(
        { length: FAILURES },
        (_none, index) => failing[index % failing.length] ?? failing[0],
      );
      const failed = await inParallel(attempts, async (fail) =>
        (fail ? fail() : undefined)?.then(
          () => false,
          () => true,
        ),
      );
      expect(failed.every(Boolean)).toBe(true);

      const borrowers = alone.running.foundation.database.embedded
        ? 1
        : alone.running.foundation.settings.database.poolSize;
      const left = await Promise.all(
        Array.from({ length: borrowers }, () =>
          alone.dataSource.query<{ org: string; role: string }[]>(
            `SELECT coalesce(current_setting('app.org_id', true), '') AS org, current_role::text AS role, pg_sleep(0.05)::text AS pause`,
          ),
        ),
      );
      const expected = { org: '', role: 'agentflow_app', pause: '' };
      expect(left.flat()).toEqual(Array.from({ length: borrowers }, () => expected));
    });

    it(`keeps two organisations apart in ${REQUESTS} requests each at the same time`, async () => {
      const asked = Array.from({ length: 2 * REQUESTS }, (_none, index) =>
        index % 2 === 0 ? { who: alone.mine, other: alone.theirs } : { who: alone.theirs, other: alone.mine },
      );
      closeConnections();
      const answers = await Promise.all(
        asked.map(async ({ who, other }) => {
          const { text } = await send(alone.running.url, {
            method: 'GET',
            path: '/api/v1/agents',
            token: who.client.token,
          });
          return text.includes(who.marker) && !text.includes(other.marker) && !text.includes(other.ids.agentId);
        }),
      );
      expect(answers.filter((isRight) => !isRight)).toEqual([]);
    });
  });
});
