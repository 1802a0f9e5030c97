/** Text is gathered into frames of this length; the first frame of a silence leaves at once. */
const FRAME_MS = 25;

/** So long may the text of one event be. */
const MAX_EVENT_CHARACTERS = 16_384;

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

/** Text that came in one go in pieces for events, whole characters each. */
export function piecesOf(text: string): string[] {
  if (text.length <= MAX_EVENT_CHARACTERS) return [text];
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + MAX_EVENT_CHARACTERS, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
