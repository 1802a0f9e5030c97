/** What matters of a run's event. */
export interface HeardEvent {
  readonly type: string;
  readonly stepId?: string;
  readonly data: unknown;
}

interface StepEndData {
  readonly simulated?: boolean;
  readonly output?: { readonly toolCalls?: readonly SpokenCall[] } | null;
}

/** A call of a client's tool, as the model made it. */
export interface SpokenCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Gathers from a run's events what its models have said aloud. One step speaks at a time: text of another one begins anew. */
export class SpokenText {
  private readonly byStep = new Map<string, string>();
  private lastStep = '';
  private calls: readonly SpokenCall[] = [];
  private isSimulated = false;

  /** @returns the text that the event adds, if it adds some */
  hear({ type, stepId = '', data }: HeardEvent): string {
    if (type === 'step-start') {
      // Another try of the step, or another process: what it said before is said again.
      this.byStep.delete(stepId);
      return '';
    }
    if (type === 'text-delta') {
      const { text } = data as { text: string };
      this.byStep.set(stepId, (this.byStep.get(stepId) ?? '') + text);
      this.lastStep = stepId;
      return text;
    }
    if (type === 'step-end') {
      const { simulated = false, output } = data as StepEndData;
      this.isSimulated ||= simulated;
      if (output?.toolCalls && output.toolCalls.length > 0 && output.toolCalls.every(isCall))
        this.calls = output.toolCalls;
    }
    return '';
  }

  /** What the step that spoke last has said. */
  get text(): string {
    return this.byStep.get(this.lastStep) ?? '';
  }

  /** Calls that the client is to make. */
  get toolCalls(): readonly SpokenCall[] {
    return this.calls;
  }

  get simulated(): boolean {
    return this.isSimulated;
  }
}

/** The calls of an agent's own tools have no id: they have been made. */
function isCall(call: SpokenCall): boolean {
  return typeof call.id === 'string' && typeof call.name === 'string';
}
