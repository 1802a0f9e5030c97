/** The text of both files of the client. */
export function generateApiClient(document: object): { schema: string; operations: string };
/** The TypeScript type of a JSON schema, as text. */
export function typeOf(schema: unknown, indent: string): string;
