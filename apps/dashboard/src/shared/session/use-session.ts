import { useSyncExternalStore } from 'react';
import type { Me, Permission } from '@/shared/api/generated/schema';
import { session } from './session';

/** Who is signed in; only for screens behind the sign-in gate. */
export function useMe(): Me {
  const state = useSyncExternalStore(session.subscribe, session.current);
  if (state.status !== 'signed-in') throw new Error('useMe was used on a screen that is not behind the sign-in gate.');
  return state.me;
}

/** Whether the role of the person includes a permission, for example `agents:write`. The server decides in the end; this only hides what it would refuse. */
export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
