/** Ids of everything that is stored: UUIDv7 (RFC 9562 §5.7), made here because Postgres 15 has none of its own. */
export { isId } from './is-id.js';
export { newId } from './new-id.js';
