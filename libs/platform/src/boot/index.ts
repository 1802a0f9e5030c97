/** What every process does before it is an application: settings, secrets, logger, database, and one clear line when that fails. */
export { type Foundation, layFoundation } from './foundation.js';
export { PlatformModule } from './platform.module.js';
export { runProcess } from './run-process.js';
