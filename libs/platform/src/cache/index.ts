/** What a process remembers in order not to ask again. */
export { LruCache } from './lru-cache.js';
