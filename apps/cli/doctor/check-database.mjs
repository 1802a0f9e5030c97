import { mend, note, ok } from './finding.mjs';

const oldestServer = 150_000;
const longestSkewMs = 5000;

function fixFor(error) {
  if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND')
    return 'start PostgreSQL, or mend host and port in DATABASE_URL';
  if (error.code === '28P01' || error.code === '28000') return 'mend user and password in DATABASE_URL';
  if (error.code === '3D000') return 'create the database that DATABASE_URL names: createdb <name>';
  return 'mend DATABASE_URL, or unset it to use the embedded database';
}

/** Reaches the database as the server would: version, clock, and the right to make the role that row-level security rests on. */
export async function checkDatabase() {
  const url = process.env.DATABASE_URL;
  if (!url) return ok('database: embedded (set DATABASE_URL for PostgreSQL)');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  const before = Date.now();
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT current_setting('server_version_num')::int AS version, extract(epoch FROM clock_timestamp()) * 1000 AS now,
              (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS "makesRoles"`,
    );
    return judge(rows[0], before, Date.now());
  } catch (error) {
    return mend(`database not reachable: ${error.message || error.code}`, fixFor(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

function judge({ version, now, makesRoles }, before, after) {
  const skewMs = Math.round(Number(now) - (before + after) / 2);
  const findings = [
    version >= oldestServer
      ? ok(`database: PostgreSQL ${Math.floor(version / 10_000)} answers`)
      : mend(`PostgreSQL ${Math.floor(version / 10_000)} is too old`, 'use PostgreSQL 15 or newer'),
    Math.abs(skewMs) <= longestSkewMs
      ? ok(`clocks of this machine and the database agree within ${Math.abs(skewMs) + (after - before)} ms`)
      : mend(
          `the clocks of this machine and the database differ by ${skewMs} ms`,
          'let both follow NTP: leases and token lifetimes compare them',
        ),
  ];
  if (!makesRoles) {
    findings.push(
      note(
        'the database user may not create roles',
        'grant it CREATEROLE for the first start, or let an administrator run "npm run migrate"',
      ),
    );
  }
  return findings;
}
