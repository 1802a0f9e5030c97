import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The values around the running code. Every module owns the fields it names; others read them only through that
 * module's own functions (`OrgContext`, `currentPrincipal`, …).
 */
export interface Ambient {
  /** Sent and received as `X-Request-Id`. */
  requestId?: string;
  /** Owned by `#tenancy`. */
  orgId?: string;
  /** Owned by `#tenancy`: why this code may reach every organisation. */
  acrossOrgs?: string;
  /** Owned by `#tenancy`: the open transaction, shared by everything that runs inside it. */
  transaction?: object;
  /** Owned by `#auth`: who is asking. */
  principal?: object;
  /** For log lines of a run. */
  executionId?: string;
  /** Owned by `#executions`: the attempt at a run that the code works for. */
  run?: object;
}

const storage = new AsyncLocalStorage<Ambient>();

/** The surroundings, or undefined outside of any door. Doors may set fields on it once they know them. */
export function currentAmbient(): Ambient | undefined {
  return storage.getStore();
}

/** Runs `work` with `values` laid over the present surroundings; the caller's own stay as they are. */
export function runWith<T>(values: Ambient, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...values }, work);
}
