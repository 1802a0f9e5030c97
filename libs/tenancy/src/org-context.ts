import { currentAmbient, runWith } from '#platform/context';

/** The organisation on whose behalf the code runs. The door opens it; inside, nobody passes it about. */
export const OrgContext = {
  /** Runs `work` for one organisation. Refused inside another organisation's transaction. */
  run<T>(orgId: string, work: () => T): T {
    const ambient = currentAmbient();
    if (ambient?.transaction && ambient.orgId !== orgId) {
      throw new Error('An organisation cannot be entered inside a transaction of another one.');
    }
    return runWith({ orgId, acrossOrgs: undefined }, work);
  },

  /** Opens the organisation for the rest of the request or socket message whose door has just learned it. */
  enter(orgId: string): void {
    const ambient = currentAmbient();
    if (!ambient) throw new Error('There is no request to open an organisation for.');
    if (ambient.orgId !== undefined && ambient.orgId !== orgId) {
      throw new Error('This request already belongs to another organisation.');
    }
    ambient.orgId = orgId;
  },

  /** The organisation's id. Throws when none is open, which is a mistake in our code, never the caller's. */
  require(): string {
    const orgId = currentAmbient()?.orgId;
    if (orgId === undefined) {
      throw new Error('No organisation is open. Enter one at the door (OrgContext.run) before you query.');
    }
    return orgId;
  },

  current(): string | undefined {
    return currentAmbient()?.orgId;
  },
};
