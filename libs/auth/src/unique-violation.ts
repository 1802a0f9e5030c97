import { QueryFailedError } from 'typeorm';

/** Whether a statement failed because this constraint or unique index holds the same value already. */
export function violatesUnique(error: unknown, constraint: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code, constraint: violated } = error.driverError as { code?: string; constraint?: string };
  return code === '23505' && violated === constraint;
}
