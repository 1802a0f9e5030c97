/**
 * CPU time of this process since the meter was made: never less than what one piece of work has used since then. On a
 * machine with too much to do, time passes without anybody working; limits on work must not count that.
 */
export class CpuMeter {
  private readonly start = process.cpuUsage();

  /** In milliseconds. */
  get usedMs(): number {
    const { user, system } = process.cpuUsage(this.start);
    return (user + system) / 1_000;
  }
}
