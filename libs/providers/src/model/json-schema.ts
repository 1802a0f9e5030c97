/** A JSON Schema document (2020-12 or draft 7), as authors of agents write it. */
export type JsonSchema = Readonly<Record<string, unknown>>;
