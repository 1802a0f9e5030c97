/** Seen from outside: probes, metrics and the version of a process. */
export { HealthModule } from './health.module.js';
export { Readiness } from './readiness.js';
export { VERSION } from './version.js';
