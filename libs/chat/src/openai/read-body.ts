import { AppError } from '#platform/errors';
import type { z } from 'zod';

/** The body as its schema says. @throws AppError malformed that names each wrong field */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 20).flatMap((issue) => {
    const path = issue.path.map((part) => `/${String(part)}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: `${path}/${key}`,
        code: 'unknown_field',
        message: `${key} is not a field of this request that is understood here. Remove it.`,
      }));
    }
    return [{ pointer: path, code: issue.code, message: `${issue.message}.` }];
  });
  throw new AppError('malformed', 'request.invalid', 'The request is not acceptable.', { errors });
}

/** @throws AppError invalid: understood, and not to be had here */
export function unsupported(field: string, why: string): AppError {
  return new AppError('invalid', 'openai.unsupported', 'This cannot be done here.', {
    errors: [{ pointer: `/${field}`, code: 'unsupported', message: why }],
  });
}
