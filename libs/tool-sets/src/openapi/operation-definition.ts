/** Methods that an operation may have as a tool. */
export const TOOL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type ToolMethod = (typeof TOOL_METHODS)[number];

/** Where one argument goes in a request. */
export interface ParameterPlace {
  /** Its name among the arguments. */
  readonly argument: string;
  /** Its name over there. */
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly style: 'simple' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject' | 'json';
  readonly explode: boolean;
}

export interface BodyPlace {
  readonly argument: string;
  readonly contentType: string;
  readonly encoding: 'json' | 'form';
  /** Fields of a form whose objects are written as `field[key]`. */
  readonly deep?: readonly string[];
}

/** How an operation is called: what is kept of it with its tool. */
export interface OperationDefinition {
  readonly method: ToolMethod;
  /** With the names of path parameters in braces. */
  readonly path: string;
  readonly parameters: readonly ParameterPlace[];
  readonly body: BodyPlace | null;
}
