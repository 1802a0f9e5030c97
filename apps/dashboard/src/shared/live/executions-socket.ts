import { io, type Socket } from 'socket.io-client';
import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { reachability } from '@/shared/api/reachability';
import { session } from '@/shared/session/session';

export type SubscribeAnswer = { ok: true; lastSeq: number } | { ok: false; code: string };

/** A run of the organisation has changed. */
export interface ExecutionChange {
  executionId: string;
}

interface ServerEvents {
  event: (event: ExecutionEvent) => void;
  'execution-change': (change: ExecutionChange) => void;
  /** The server is about to stop. Every client is given another time, so that the next one is not overrun. */
  draining: (hint: { reconnectInMs: number }) => void;
}

interface ClientEvents {
  subscribe: (request: { executionId: string; after?: number }, answer: (answer: SubscribeAnswer) => void) => void;
  unsubscribe: (request: { executionId: string }) => void;
  'subscribe-org': (request: Record<string, never>, answer?: (answer: { ok: boolean; code?: string }) => void) => void;
}

export type ExecutionsSocket = Socket<ServerEvents, ClientEvents>;

let shared: { socket: ExecutionsSocket; orgId: string | null } | null = null;
let tokenWasRefused = false;

/** The one connection of this tab to `/executions`. It reconnects for ever, with a fresh access token when the last was refused. */
export function executionsSocket(): ExecutionsSocket {
  const orgId = session.currentOrgId();
  if (shared && shared.orgId === orgId) return shared.socket;
  closeExecutionsSocket();
  const socket: ExecutionsSocket = io('/executions', {
    auth: (give) => {
      session
        .socketToken({ renew: tokenWasRefused })
        .then((token) => give({ token, orgId }))
        .catch(() => give({ token: null }));
      tokenWasRefused = false;
    },
    reconnectionDelay: 500,
    reconnectionDelayMax: 8000,
  });
  // Refusals (a worn-out token) and disconnections by the server are final for socket.io; for us they are a reason to sign in anew.
  socket.on('connect_error', () => {
    if (!socket.active) retryRefused(socket);
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') retryRefused(socket);
    if (reason !== 'io client disconnect') reachability.check();
  });
  socket.on('draining', ({ reconnectInMs }) => {
    setTimeout(() => {
      if (shared?.socket === socket) socket.disconnect().connect();
    }, reconnectInMs);
  });
  shared = { socket, orgId };
  return socket;
}

/** At sign-out and before switching organisation. */
export function closeExecutionsSocket(): void {
  shared?.socket.disconnect();
  shared = null;
}

function retryRefused(socket: ExecutionsSocket): void {
  tokenWasRefused = true;
  setTimeout(() => {
    if (shared?.socket === socket && session.current().status === 'signed-in') socket.connect();
  }, 2000);
}
