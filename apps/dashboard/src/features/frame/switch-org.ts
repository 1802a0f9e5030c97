import { queryClient } from '@/shared/api/query-client';
import { closeExecutionsSocket } from '@/shared/live/executions-socket';
import { session } from '@/shared/session/session';

/** Moves this tab to another organisation: nothing of the old one stays in the cache or on the socket. */
export async function switchOrg(orgId: string): Promise<void> {
  closeExecutionsSocket();
  await session.switchOrg(orgId);
  queryClient.clear();
}

/** Signs out here, or on every device. */
export async function signOut(everywhere = false): Promise<void> {
  await session.signOut(everywhere);
  closeExecutionsSocket();
  queryClient.clear();
}
