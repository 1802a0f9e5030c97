import type { CodeLimits, CodeLog } from '../code-request.js';
import type { SandboxErrorCode } from '../sandbox-error.js';

/** Where the thread finds what it runs the code with. */
export interface ThreadFiles {
  /** URL of the module `quickjs-emscripten`. */
  readonly quickJs: string;
  /** Path of QuickJS as WebAssembly. */
  readonly wasm: string;
  /** See `prelude.ts`. */
  readonly prelude: string;
}

/** One call, to the thread. */
export interface ThreadTask {
  readonly source: string;
  readonly inputJson: string;
  readonly limits: CodeLimits;
}

/** The answer, from the thread. */
export interface ThreadReply {
  readonly valueJson?: string;
  readonly error?: { readonly code: SandboxErrorCode; readonly message: string; readonly line?: number };
  readonly logs: readonly CodeLog[];
  /** QuickJS itself broke: the thread should not be used again. */
  readonly isBroken?: true;
}
