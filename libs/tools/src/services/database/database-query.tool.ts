import type { EgressClient } from '#platform/egress';
import type { Tool, ToolArguments } from '../../tool.js';
import { limit, serviceTools, text } from '../service-tool.js';
import { askDatabase, DATABASE_KINDS } from './ask-database.js';
import type { QueryAnswer } from './database-connection.js';
import { readOnlySql } from './read-only-sql.js';

const MAX_ROWS = 500;
const USUAL_ROWS = 100;
const STATEMENT_MS = 20_000;

interface Args extends ToolArguments {
  readonly sql: string;
  readonly maxRows?: number;
}

/** Asks databases that the organisation keeps a credential for. Private addresses are as closed as for web requests. */
export function databaseTools(egress: Pick<EgressClient, 'checkedAddresses'>): readonly Tool[] {
  return serviceTools({ kinds: DATABASE_KINDS, required: true }, [
    {
      name: 'database_query',
      description:
        'Asks a database one question in SQL: SELECT, WITH, VALUES or TABLE. It cannot change anything. Select few columns and rows.',
      effect: 'read',
      properties: { sql: text('One statement.', 20_000), maxRows: limit(MAX_ROWS, USUAL_ROWS) },
      required: ['sql'],
      run: async (given, { credential, signal }) => {
        const { sql, maxRows = USUAL_ROWS } = given as Args;
        const statement = readOnlySql(sql);
        const limits = { statementMs: STATEMENT_MS, rows: maxRows, signal };
        const answer = await askDatabase(egress, credential.kind, await credential.opened(), {
          ...limits,
          sql: statement,
        });
        return told(answer, maxRows);
      },
    },
  ]);
}

function told({ columns, rows }: QueryAnswer, maxRows: number): unknown {
  const shown = rows.slice(0, maxRows).map((row) => row.map(plain));
  return { columns, rows: shown, rowCount: shown.length, hasMore: rows.length > maxRows };
}

/** As JSON has it: large numbers and moments as texts, bytes in base64. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value ?? null;
}
