import type { Splitter } from './read-stream.js';
import { UnfinishedLine } from './unfinished-line.js';

/** One JSON document per line, as Ollama streams. The format has no end mark of its own. */
export class JsonLines implements Splitter {
  readonly isFinished = false;
  private readonly unfinished = new UnfinishedLine();

  get pendingChars(): number {
    return this.unfinished.length;
  }

  take(text: string): string[] {
    const lines = this.unfinished.join(text).split('\n');
    this.unfinished.keep(lines.pop() ?? '');
    return lines.filter((line) => line.trim() !== '');
  }
}
