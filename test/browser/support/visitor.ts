import type { BrowserContext, ConsoleMessage, Page, Request, Response } from 'playwright-core';

/** A page load without a session asks for one in vain; that refusal is the answer, not a fault. */
const SIGNED_OUT = /^POST \/api\/v1\/auth\/refresh answered 401/;

/**
 * One person at one browser, with cookies and storage of their own. Remembers everything that a healthy page does not
 * do: errors on the console, exceptions nobody caught, requests to AgentFlow that failed or were refused.
 */
export class Visitor {
  private readonly heard: string[] = [];
  private readonly expected: RegExp[] = [SIGNED_OUT];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    private readonly origin: string,
  ) {}

  static async enter(context: BrowserContext, origin: string): Promise<Visitor> {
    const visitor = new Visitor(await context.newPage(), context, origin);
    visitor.listen();
    return visitor;
  }

  /** @param path with its query, for example `/runs?status=failed` */
  async open(path: string): Promise<void> {
    await this.page.goto(this.origin + path);
  }

  /** What the test provokes. Every other complaint fails it. */
  expect(...complaints: RegExp[]): void {
    this.expected.push(...complaints);
  }

  /** What this page did that nobody had expected. */
  get complaints(): string[] {
    return this.heard.filter((complaint) => !this.expected.some((pattern) => pattern.test(complaint)));
  }

  private listen(): void {
    this.page.on('pageerror', (error) => this.heard.push(`Exception: ${error.stack ?? error.message}`));
    this.page.on('console', (message) => this.hearConsole(message));
    this.page.on('response', (response) => this.hearResponse(response));
    this.page.on('requestfailed', (request) => this.hearFailure(request));
  }

  private hearConsole(message: ConsoleMessage): void {
    // The browser says of each refused request what the listener for answers knows better.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    this.heard.push(`Console: ${message.text()}`);
  }

  private hearResponse(response: Response): void {
    if (response.status() < 400) return;
    this.hear(response.request(), `answered ${response.status()}`);
  }

  private hearFailure(request: Request): void {
    const reason = request.failure()?.errorText ?? 'for no reason given';
    // Leaving a page takes back what it asked for.
    if (reason !== 'net::ERR_ABORTED') this.hear(request, `failed: ${reason}`);
  }

  private hear(request: Request, what: string): void {
    const url = new URL(request.url());
    if (url.origin === this.origin) this.heard.push(`${request.method()} ${url.pathname}${url.search} ${what}`);
  }
}
