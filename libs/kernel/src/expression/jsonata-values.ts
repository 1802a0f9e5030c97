/** The keys by which JSONata tells its function values from data. */
export const JSONATA_FUNCTION_MARKS = ['_jsonata_lambda', '_jsonata_function'] as const;
