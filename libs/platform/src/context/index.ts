/**
 * What surrounds the code that is running: which request, organisation, execution and database transaction it belongs to.
 * One AsyncLocalStorage for the whole process, because each further one is paid on every await (measured on Node 20).
 */
export { type Ambient, currentAmbient, runWith } from './ambient.js';
