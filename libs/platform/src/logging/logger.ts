import { type DestinationStream, type Logger as PinoLogger, pino, stdSerializers } from 'pino';
import { currentAmbient } from '../context/index.js';
import { redactSecrets } from './redact-secrets.js';

export type Logger = PinoLogger;

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'refreshToken',
  'accessToken',
  'apiKey',
  'key',
  'secret',
  'jwtSecret',
  'encryptionKey',
  'set-cookie',
];

/**
 * The process's logger. Secrets are kept out twice: by field name, and by shape in every string of a line
 * (error messages of libraries may quote a header or a connection string).
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: ambientIds,
      serializers: { err: stdSerializers.err, error: stdSerializers.err },
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`]),
        censor: '[redacted]',
      },
      hooks: { streamWrite: redactSecrets },
    },
    destination ?? pino.destination({ sync: true }),
  );
}

function ambientIds(): Record<string, string> {
  const ambient = currentAmbient();
  if (!ambient) return {};
  return {
    ...(ambient.requestId !== undefined && { requestId: ambient.requestId }),
    ...(ambient.orgId !== undefined && { orgId: ambient.orgId }),
    ...(ambient.executionId !== undefined && { executionId: ambient.executionId }),
  };
}
