import { readOnlySql } from './read-only-sql.js';

describe('a question in SQL', () => {
  it.each([
    'SELECT 1',
    'select * from "order" where note = \'drop; table\' -- into nothing;',
    "SELECT 'it''s; fine' AS a, \"x;y\", `z;` FROM t;",
    'WITH a AS (SELECT 1) SELECT * FROM a',
    '(SELECT 1) UNION (SELECT 2)',
    'VALUES (1, 2)',
    'TABLE orders',
    'SELECT /* into; */ 1',
    'SELECT updated_at, "into" FROM t',
  ])('is %s', (sql) => {
    expect(readOnlySql(sql)).toBe(sql.replace(/;$/, ''));
  });

  it.each([
    '',
    'INSERT INTO t VALUES (1)',
    'UPDATE t SET a = 1',
    'DELETE FROM t',
    'DROP TABLE t',
    'SET transaction_read_only = off',
    "COPY t TO PROGRAM 'id'",
    'CALL f()',
    'EXPLAIN ANALYZE DELETE FROM t',
    'SELECT 1; DROP TABLE t',
    "SELECT 'a' ; DELETE FROM t --",
    'SELECT * INTO t2 FROM t',
    "SELECT 1 INTO OUTFILE '/tmp/x'",
    'SELECT a INTO @x FROM t',
    'SELECT * FROM t FOR UPDATE',
    'SELECT * FROM t LOCK IN SHARE MODE',
    'SELECT 1 /*!50000 INTO OUTFILE "/tmp/x" */',
    '/*M! DROP TABLE t */',
    'begin; select 1',
    'selectx 1',
  ])('is not %s', (sql) => {
    expect(() => readOnlySql(sql)).toThrow(expect.objectContaining({ code: 'tool.sql_not_a_question' }));
  });

  it('is read in one pass', () => {
    const started = performance.now();
    for (const sign of ["'", '"', '`', '/*', '--', '(', "''", "\\'"]) {
      try {
        readOnlySql(`SELECT ${sign.repeat(10_000)}`);
      } catch {
        // What it says of it does not matter here.
      }
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
