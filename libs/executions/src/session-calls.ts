/** How long the end of an attempt waits for calls that were cut off with it: they still have to say what they have used. */
const PATIENCE_MS = 100;

/** The model calls of one attempt: those being made, and those not committed yet. What its run can no longer write goes another way. */
export class SessionCalls {
  private rows: string[] = [];
  private underWay = 0;
  private whenNone: (() => void) | null = null;

  /** @param late takes what the run cannot write any more */
  constructor(private readonly late: (rows: readonly string[]) => void) {}

  /** @returns to be called when the call is over */
  begin(): () => void {
    this.underWay += 1;
    return () => {
      this.underWay -= 1;
      if (this.underWay === 0) this.whenNone?.();
    };
  }

  get areUnderWay(): boolean {
    return this.underWay > 0;
  }

  /** Resolves when no call is being made any more, or when that takes too long. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      this.whenNone = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** @param row see `callRow` */
  add(row: string): void {
    this.rows.push(row);
  }

  get dirty(): boolean {
    return this.rows.length > 0;
  }

  take(): readonly string[] | undefined {
    if (!this.dirty) return undefined;
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  /** Nothing more will be committed by this attempt. @param refused what the last write could not commit */
  giveUp(refused: readonly string[] = []): void {
    const rows = [...refused, ...(this.take() ?? [])];
    if (rows.length > 0) this.late(rows);
  }
}
