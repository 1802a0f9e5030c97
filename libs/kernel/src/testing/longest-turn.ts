/**
 * The most CPU time, in milliseconds, that passed during the work before a timer had its turn: what others wait for on
 * an idle machine. Time by the clock would count what other processes do as well.
 */
export async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = process.cpuUsage();
  const look = (): void => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1_000);
    last = process.cpuUsage();
  };
  const timer = setInterval(look, 1);
  await work();
  await new Promise((resolve) => setTimeout(resolve, 2));
  clearInterval(timer);
  look();
  return longest;
}
