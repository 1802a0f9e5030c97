const ASK_EVERY_MS = 2_000;

/** Whether the server answers, as far as this page has noticed. While it does not, it is asked until it does, for whoever listens. */
class Reachability {
  private silent = false;
  private checking = false;
  private probe: () => Promise<boolean> = () => Promise.resolve(true);
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.silent) this.check();
    return () => this.listeners.delete(listener);
  };

  /** Says how the server is asked: true for an answer, false or a rejection for none. */
  probeBy(probe: () => Promise<boolean>): void {
    this.probe = probe;
  }

  readonly isSilent = (): boolean => this.silent;

  /** Something came back, be it a refusal. */
  answered(): void {
    this.become(false);
  }

  /** A request got no answer at all, also not when it was repeated. */
  missed(): void {
    this.become(true);
    this.check();
  }

  /** A connection broke: finds out whether the server is gone with it. */
  check(): void {
    if (this.checking || this.listeners.size === 0) return;
    this.checking = true;
    void this.ask().finally(() => {
      this.checking = false;
    });
  }

  private async ask(): Promise<void> {
    while (this.listeners.size > 0) {
      try {
        if (await this.probe()) return this.become(false);
      } catch {
        // No answer is what it is about; it is asked again below.
      }
      this.become(true);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }

  private become(silent: boolean): void {
    if (this.silent === silent) return;
    this.silent = silent;
    for (const listener of this.listeners) listener();
  }
}

export const reachability = new Reachability();
