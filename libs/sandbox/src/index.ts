export { Sandbox, type SandboxOptions } from './sandbox.js';
export { SandboxError, type SandboxErrorCode } from './sandbox-error.js';
export type { CodeLimits, CodeLog, CodeRequest, CodeResult } from './code-request.js';
