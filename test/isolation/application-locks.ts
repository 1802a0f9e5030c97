import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { OrgScopedRepository } from '#tenancy';

/**
 * Takes the application's lock away: repositories do not filter, and the subscriber does not look. What still holds is
 * the database. @returns how to put it back
 */
export function openApplicationLocks(app: NestExpressApplication): () => void {
  const { subscribers } = app.get(DataSource);
  const taken = subscribers.splice(0);
  const repository = OrgScopedRepository.prototype as unknown as { filter: () => string | undefined };
  const { filter } = repository;
  repository.filter = () => undefined;
  return () => {
    repository.filter = filter;
    subscribers.push(...taken);
  };
}
