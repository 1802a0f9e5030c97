import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The API key of the first start, kept for its owner's eyes only, so that each start can show the same one. */
export class KeptApiKey {
  private readonly path: string;

  constructor(dataDirectory: string) {
    this.path = join(dataDirectory, 'api-key.txt');
  }

  /** The kept key, or null when there is none. */
  async read(): Promise<string | null> {
    try {
      return (await readFile(this.path, 'utf8')).trim() || null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async write(key: string): Promise<void> {
    await writeFile(this.path, `${key}\n`, { mode: 0o600 });
    // A file that was there before keeps its mode on writing.
    await chmod(this.path, 0o600);
  }
}
