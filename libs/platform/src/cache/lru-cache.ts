/** A map that forgets what was not asked for longest once it is full. */
export class LruCache<Value> {
  private readonly entries = new Map<string, Value>();

  constructor(private readonly maxEntries: number) {}

  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) this.touch(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.touch(key, value);
    if (this.entries.size <= this.maxEntries) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  /** A Map keeps the order of insertion, so moving a key to the end is deleting and adding it. */
  private touch(key: string, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
  }
}
