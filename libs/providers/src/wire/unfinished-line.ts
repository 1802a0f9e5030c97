/**
 * The beginning of a line whose end has not come. Its parts are joined only when it does: joining and searching them
 * again with every read would make a long line cost the square of its length.
 */
export class UnfinishedLine {
  length = 0;
  private parts: string[] = [];

  /** Everything up to now, when `text` ends a line; nothing while it does not. */
  join(text: string): string {
    this.keep(text);
    if (!text.includes('\n')) return '';
    const whole = this.parts.join('');
    this.parts = [];
    this.length = 0;
    return whole;
  }

  keep(text: string): void {
    if (text === '') return;
    this.parts.push(text);
    this.length += text.length;
  }
}
