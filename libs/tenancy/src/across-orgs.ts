import { currentAmbient, runWith } from '#platform/context';

/**
 * The one way out of the organisation: queries inside `work` run as the system role and see every organisation.
 * Its name is ugly so that it can be found; the reason is for the reader and for the lint rule that wants one.
 */
export function acrossOrgs<T>(reason: string, work: () => T): T {
  if (currentAmbient()?.transaction) {
    throw new Error(`acrossOrgs(${reason}) cannot start inside an organisation's transaction.`);
  }
  return runWith({ orgId: undefined, acrossOrgs: reason }, work);
}
