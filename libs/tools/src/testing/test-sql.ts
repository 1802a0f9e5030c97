/** A database with a table `item` of three rows and a user that may read and write it. */
export interface TestSql {
  /** Of a credential. */
  readonly fields: Readonly<Record<string, string>>;
  /** Statements that would change something, some of which the first look does not see. */
  readonly writes: readonly string[];
  stop(): Promise<void>;
}
