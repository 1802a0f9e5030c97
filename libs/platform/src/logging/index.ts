/** JSON log lines with request, organisation and execution ids, and without secrets. */
export { createLogger, type Logger } from './logger.js';
export { NestLogger } from './nest-logger.js';
export { redactSecrets } from './redact-secrets.js';
export { InjectLogger, LOGGER, LoggingModule } from './logging.module.js';
