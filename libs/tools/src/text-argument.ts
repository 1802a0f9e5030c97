import type { ToolArguments } from './tool.js';

/** A text that the schema has let through; `otherwise` when it was left out. */
export function textArgument(args: ToolArguments, name: string, otherwise = ''): string {
  const value = args[name];
  return typeof value === 'string' ? value : otherwise;
}
