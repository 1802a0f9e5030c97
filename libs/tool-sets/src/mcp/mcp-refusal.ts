/** An answer of an MCP server to a message that is no success, before anybody has said what it means. */
export class McpRefusal extends Error {
  constructor(
    readonly status: number,
    /** The server's own words, untouched; empty when it says nothing that helps. */
    readonly said: string,
    readonly retryAfter: string | null,
    /** The message named a session of the server. */
    readonly hadSession: boolean,
  ) {
    super(`The MCP server answered with status ${status}`);
  }

  /** The server has forgotten the session, and so has done nothing with the message: begin a new one (MCP, session management). */
  get isLostSession(): boolean {
    return this.status === 404 && this.hadSession;
  }
}
