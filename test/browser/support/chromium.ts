import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { Visitor } from './visitor.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface VisitOptions {
  /** Signed in from the first page on; nobody otherwise. */
  readonly as?: Credentials;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** How long a page may take to show something, in milliseconds. Generous: two cores carry server, browser and test. */
const PATIENCE_MS = 20_000;

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine, and everybody who sits at it. */
export class Chromium {
  private browser: Browser | null = null;
  private visitors: Visitor[] = [];

  async launch(): Promise<void> {
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      headless: true,
      // Chromium refuses to run as root inside its own sandbox, as it does in a container.
      args: process.getuid?.() === 0 ? [...ARGUMENTS, '--no-sandbox'] : ARGUMENTS,
    });
  }

  /** Somebody new at this installation, with an empty cookie jar. */
  async visit(origin: string, options: VisitOptions = {}): Promise<Visitor> {
    const { as, theme = 'light', width = 1440, height = 900 } = options;
    if (!this.browser) throw new Error('The browser has not been launched.');
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    if (as) {
      const answer = await context.request.post(`${origin}/api/v1/auth/login`, {
        data: { email: as.email, password: as.password },
      });
      if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}: ${await answer.text()}`);
    }
    const visitor = await Visitor.enter(context, origin);
    this.visitors.push(visitor);
    return visitor;
  }

  /**
   * Everybody leaves.
   * @param picturePath where to keep what they saw last
   * @returns what went wrong on any page and was not expected
   */
  async leave(picturePath?: string): Promise<string[]> {
    const complaints = this.visitors.flatMap((visitor) => visitor.complaints);
    for (const [index, { page, context }] of this.visitors.entries()) {
      if (picturePath) await this.keepPicture(page, picturePath.replace(/(\.\w+)$/, `${index || ''}$1`));
      await context.close();
    }
    this.visitors = [];
    return complaints;
  }

  async close(): Promise<void> {
    await this.browser?.close();
    this.browser = null;
  }

  private async keepPicture(page: Visitor['page'], path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    // A page that cannot be pictured any more must not hide what the test has found.
    await page.screenshot({ path, timeout: 3_000 }).catch(() => undefined);
  }
}
