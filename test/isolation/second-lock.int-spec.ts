import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrations } from '#migrations';
import { APP_ROLE, checkOrgProtection, openDatabase, orgScopeStatements, SYSTEM_ROLE } from '#platform/database';
import { freshStores } from '../support/start-in-process.js';
import { MigratedDatabase } from '../support/stores/migrated-database.js';
import { stores } from './stores.js';

/** Tables that belong to no organisation, and why. A new one wants a second pair of eyes. */
const WITHOUT_ORGANISATION: Readonly<Record<string, string>> = {
  organization: 'its own id is the organisation; bound like the others',
  user: 'a person has one account and many memberships',
  auth_session: 'a session is a person’s, whatever organisation they work in',
  refresh_token: 'belongs to a session',
  one_time_token: 'belongs to a person',
  migration: 'belongs to the installation; our roles cannot read it',
};

/** A migration of somebody who forgot the second lock. */
class ForgetTheLock1999000000000 implements MigrationInterface {
  name = 'ForgetTheLock1999000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE forgotten (id uuid PRIMARY KEY, org_id uuid NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE forgotten');
  }
}

/** What may happen to a table, and what must not be possible to overlook. */
const HOLES: Readonly<Record<string, readonly string[]>> = {
  'it has no policy': [],
  'row-level security is off': [...orgScopeStatements('forgotten'), 'ALTER TABLE forgotten DISABLE ROW LEVEL SECURITY'],
  'its owner is not bound': [...orgScopeStatements('forgotten'), 'ALTER TABLE forgotten NO FORCE ROW LEVEL SECURITY'],
  'its policy lets everything through': [
    ...orgScopeStatements('forgotten'),
    `ALTER POLICY own_organisation ON forgotten USING (true) WITH CHECK (true)`,
  ],
  'its policy lets everything be written': [
    ...orgScopeStatements('forgotten'),
    `ALTER POLICY own_organisation ON forgotten WITH CHECK (true)`,
  ],
  'its policy has a way around': [
    ...orgScopeStatements('forgotten'),
    `ALTER POLICY own_organisation ON forgotten USING (org_id = current_setting('app.org_id', true)::uuid OR true)`,
  ],
  'a second policy lets everybody in': [
    ...orgScopeStatements('forgotten'),
    `CREATE POLICY for_reports ON forgotten FOR SELECT USING (true)`,
  ],
};

describe.each(stores)('the second lock, on %s', (_name, setup, run) => {
  (run ? describe : describe.skip)('in a database that is brought up to date', () => {
    let migrated: MigratedDatabase;

    beforeAll(async () => {
      migrated = await MigratedDatabase.open(setup);
    });

    afterAll(() => migrated?.close());

    const rows = <R>(sql: string, parameters: unknown[] = []): Promise<R[]> =>
      migrated.asOwner(async (runner) => (await runner.query(sql, parameters)) as R[]);

    const HAS_ORG_ID = `EXISTS (
      SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped)`;
    const RELATION = `c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`;
    const BOUND = `${RELATION} AND (c.relname = 'organization' OR ${HAS_ORG_ID})`;

    it('is on every table with an organisation, and forced on its owner', async () => {
      const open = await rows(
        `SELECT c.relname FROM pg_class c WHERE ${BOUND} AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
      );
      expect(open).toEqual([]);
    });

    it('is the same two policies everywhere, and no third one', async () => {
      const found = await rows<{ table: string; policies: object[] }>(
        `SELECT c.relname AS table, json_agg(json_build_object(
                  'name', p.polname, 'roles', p.polroles::regrole[]::text[], 'command', p.polcmd, 'permissive', p.polpermissive,
                  'using', replace(pg_get_expr(p.polqual, c.oid), '(id =', '(org_id ='),
                  'check', replace(pg_get_expr(p.polwithcheck, c.oid), '(id =', '(org_id =')) ORDER BY p.polname) AS policies
           FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE ${BOUND} GROUP BY 1 ORDER BY 1`,
      );
      const mine = `(org_id = (NULLIF(current_setting('app.org_id'::text, true), ''::text))::uuid)`;
      const shared = { command: '*', permissive: true };
      expect(found.length).toBeGreaterThanOrEqual(12);
      for (const { table, policies } of found) {
        expect({ table, policies }).toEqual({
          table,
          policies: [
            { ...shared, name: 'across_organisations', roles: [SYSTEM_ROLE], using: 'true', check: 'true' },
            { ...shared, name: 'own_organisation', roles: [APP_ROLE], using: mine, check: mine },
          ],
        });
      }
    });

    it('covers every table but those that were reviewed', async () => {
      const found = await rows<{ name: string }>(
        `SELECT c.relname AS name FROM pg_class c WHERE ${RELATION} AND NOT ${HAS_ORG_ID}`,
      );
      const advice = 'give it org_id and orgScopeStatements(), or say in WITHOUT_ORGANISATION of this file whose it is';
      const names = found.map(({ name }) => name);
      expect(names.filter((name) => !(name in WITHOUT_ORGANISATION)).map((name) => `${name}: ${advice}`)).toEqual([]);
      expect(Object.keys(WITHOUT_ORGANISATION).filter((name) => !names.includes(name))).toEqual([]);
    });

    it('has no side door: no view, no function with its owner’s rights that the application may call', async () => {
      const views = await rows(`SELECT c.relname FROM pg_class c WHERE ${RELATION} AND c.relkind IN ('v', 'm', 'f')`);
      const functions = await rows(
        `SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
            AND has_function_privilege('${APP_ROLE}', p.oid, 'EXECUTE')`,
      );
      expect({ views, functions }).toEqual({ views: [], functions: [] });
    });

    it('lets the system role make and drop the months of run history with the owner’s rights, and nothing else', async () => {
      const functions = await rows<{ name: string }>(
        `SELECT p.proname AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef ORDER BY 1`,
      );
      expect(functions.map(({ name }) => name)).toEqual(['create_run_partitions', 'drop_run_partitions']);
    });

    it('binds roles that own nothing and cannot go around it', async () => {
      const roles = await rows<object>(
        `SELECT r.rolname AS name, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolcanlogin AS powers,
                EXISTS (SELECT FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o'
                           AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())) AS owns,
                EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS "isMemberOfOthers",
                has_schema_privilege(r.oid, 'public', 'CREATE') AS "makesTables"
           FROM pg_roles r WHERE r.rolname = ANY ($1) ORDER BY 1`,
        [[APP_ROLE, SYSTEM_ROLE]],
      );
      const powerless = { powers: false, owns: false, isMemberOfOthers: false, makesTables: false };
      expect(roles).toEqual([
        { name: APP_ROLE, ...powerless },
        { name: SYSTEM_ROLE, ...powerless },
      ]);
    });

    it('is not weakened by rights that row-level security does not look at', async () => {
      const found = await rows(
        `SELECT c.relname AS table, grants.grantee::regrole::text AS role, grants.privilege_type AS right
           FROM pg_class c JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) grants ON true
          WHERE ${RELATION} AND grants.grantee <> c.relowner
            AND NOT (grants.grantee::regrole::text = ANY ($1) AND grants.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))`,
        [[APP_ROLE, SYSTEM_ROLE]],
      );
      expect(found).toEqual([]);
    });

    it('is what every connection of the pool works under', async () => {
      const sizes = migrated.database.embedded ? 1 : migrated.settings.database.poolSize;
      const connected = await Promise.all(
        Array.from({ length: sizes }, () =>
          migrated.database.dataSource.query<{ role: string }[]>(
            'SELECT current_role::text AS role, pg_sleep(0.02)::text',
          ),
        ),
      );
      expect(new Set(connected.flat().map(({ role }) => role))).toEqual(new Set([APP_ROLE]));
      expect(await rows(`SELECT current_setting('row_security') AS value`)).toEqual([{ value: 'on' }]);
    });

    it.each(Object.entries(HOLES))('is noticed at start when %s', async (_hole, statements) => {
      await migrated.asOwner(async (runner) => {
        await expect(checkOrgProtection(runner)).resolves.toBeUndefined();
        await runner.query('CREATE TABLE forgotten (id uuid PRIMARY KEY, org_id uuid NOT NULL)');
        for (const statement of statements) await runner.query(statement);
        await expect(checkOrgProtection(runner)).rejects.toMatchObject({
          name: 'SettingsError',
          lines: [expect.stringMatching(/^Table forgotten .*orgScopeStatements\('forgotten'\)/)],
        });
      });
    });
  });

  (run ? it : it.skip)('keeps AgentFlow from starting when a table with an organisation lacks it', async () => {
    const { settings, discard } = await freshStores(setup);
    try {
      await expect(openDatabase(settings, [...migrations, ForgetTheLock1999000000000])).rejects.toMatchObject({
        name: 'SettingsError',
        lines: [expect.stringContaining('Table forgotten has org_id')],
      });
    } finally {
      await discard();
    }
  });
});
