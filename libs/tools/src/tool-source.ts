import type { Tool } from './tool.js';

/**
 * Tools beside the built-in ones: those that the organisation in context brought itself. Asked once per call, so it answers from memory
 * where it can; the same tool is the same object for as long as nothing about it changed.
 */
export interface ToolSource {
  /** The organisation's tools that may be used, by name. */
  list(): Promise<readonly Tool[]>;
  /** Undefined when it has no such tool, or none that may be used. */
  find(name: string): Promise<Tool | undefined>;
}
