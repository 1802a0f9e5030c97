/** Where a database is, checked, and how to get in. */
export interface DatabaseAddress {
  /** An address that may be connected to. */
  readonly address: string;
  /** As the certificate calls it. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: 'verify' | 'require' | 'off';
}

export interface QueryLimits {
  readonly statementMs: number;
  /** One more is read, to know whether there are more. */
  readonly rows: number;
  readonly signal: AbortSignal;
}

export interface QueryAnswer {
  readonly columns: readonly string[];
  /** At most one more than the limit. */
  readonly rows: readonly (readonly unknown[])[];
}

/** Asks one question in a transaction that may not write, over a connection of its own. */
export type AskDatabase = (address: DatabaseAddress, sql: string, limits: QueryLimits) => Promise<QueryAnswer>;
