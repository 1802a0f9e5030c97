/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  /** Null when it was not measured; `measured` then says why. */
  readonly met: boolean | null;
}

export interface BenchContext {
  /** Seconds of each load. */
  readonly seconds: number;
  /** Do-nothing requests per second at 50 clients. */
  readonly floor: number;
}

export type Scenario = (context: BenchContext) => Promise<Row[]>;

export function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 1000) / 10;
}
