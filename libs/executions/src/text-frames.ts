/** Text is gathered into frames of this length; the first frame of a silence leaves at once. */
const FRAME_MS = 25;

interface Frame {
  text: string;
  readonly timer: NodeJS.Timeout;
}

/** Gathers the text that steps generate, each step's apart, so that a token is not an event. */
export class TextFrames {
  private readonly frames = new Map<string, Frame>();

  constructor(private readonly send: (stepId: string, text: string) => void) {}

  add(stepId: string, text: string): void {
    const frame = this.frames.get(stepId);
    if (frame) frame.text += text;
    else this.begin(stepId, text);
  }

  /** Sends what has been gathered of the step; must come before anything else is said about it. */
  flush(stepId: string): void {
    const frame = this.frames.get(stepId);
    if (!frame) return;
    clearTimeout(frame.timer);
    this.frames.delete(stepId);
    if (frame.text !== '') this.begin(stepId, frame.text);
  }

  flushAll(): void {
    for (const stepId of [...this.frames.keys()]) this.flush(stepId);
  }

  /** What was not sent is gone. */
  dispose(): void {
    for (const { timer } of this.frames.values()) clearTimeout(timer);
    this.frames.clear();
  }

  private begin(stepId: string, text: string): void {
    this.send(stepId, text);
    this.frames.set(stepId, { text: '', timer: setTimeout(() => this.flush(stepId), FRAME_MS) });
  }
}
