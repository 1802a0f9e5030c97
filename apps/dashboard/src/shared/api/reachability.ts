const ASK_EVERY_MS = 2_000;
const ANSWERS_WITHIN_MS = 5_000;

/** Whether the server answers, as far as this page has noticed. While it does not, it is asked until it does. */
class Reachability {
  private silent = false;
  private checking = false;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

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
    if (this.checking) return;
    this.checking = true;
    void this.ask().finally(() => {
      this.checking = false;
    });
  }

  private async ask(): Promise<void> {
    for (;;) {
      try {
        const probe = await fetch('/health/live', {
          cache: 'no-store',
          signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
        });
        if (probe.ok) return this.become(false);
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
