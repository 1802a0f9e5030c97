import type { Splitter } from './read-stream.js';
import { UnfinishedLine } from './unfinished-line.js';

const CARRIAGE_RETURN = 13;
const SPACE = 32;

/** The data of server-sent events. Their names are left out: every provider repeats them in the data. */
export class ServerSentEvents implements Splitter {
  isFinished = false;
  private readonly unfinished = new UnfinishedLine();
  private data: string | undefined;

  get pendingChars(): number {
    return this.unfinished.length + (this.data?.length ?? 0);
  }

  take(text: string): string[] {
    const batch: string[] = [];
    const lines = this.unfinished.join(text);
    let from = 0;
    for (let end = lines.indexOf('\n'); end !== -1; end = lines.indexOf('\n', from)) {
      const hasReturn = end > from && lines.charCodeAt(end - 1) === CARRIAGE_RETURN;
      const line = lines.slice(from, hasReturn ? end - 1 : end);
      from = end + 1;
      if (line === '') {
        if (this.data !== undefined) batch.push(this.data);
        this.data = undefined;
      } else if (line.startsWith('data:')) {
        const value = line.slice(line.charCodeAt(5) === SPACE ? 6 : 5);
        if (value === '[DONE]') {
          this.isFinished = true;
          break;
        }
        this.data = this.data === undefined ? value : `${this.data}\n${value}`;
      }
    }
    this.unfinished.keep(lines.slice(from));
    return batch;
  }
}
