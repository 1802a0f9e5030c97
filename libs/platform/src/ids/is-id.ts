const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether Postgres would take the text for a `uuid`; what is none names nothing. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
