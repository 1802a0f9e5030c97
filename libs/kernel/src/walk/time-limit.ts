/** A time limit whose time can stand still. */
export class TimeLimit {
  private timer: NodeJS.Timeout | undefined;
  private runsSince = 0;
  private leftMs: number;

  constructor(
    private readonly ms: number,
    private readonly onOver: () => void,
  ) {
    this.leftMs = ms;
  }

  /** The whole time once more, standing still. */
  renew(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.leftMs = this.ms;
  }

  run(): void {
    if (this.timer !== undefined) return;
    this.runsSince = performance.now();
    this.timer = setTimeout(this.onOver, this.leftMs);
  }

  pause(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.leftMs = Math.max(1, this.leftMs - (performance.now() - this.runsSince));
  }
}
