import { type OnApplicationShutdown } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { PrincipalService } from '#auth';
import { type ExecutionSocket, SocketSession } from './socket-session.js';
import { SocketFollower } from './socket-follower.js';
import type { SubscribeAnswer } from './socket-messages.js';
import { Watchers } from './watchers.js';

/** Sockets of one process; more are refused, so that a reconnect storm cannot take the process down. */
const MAX_SOCKETS = 20_000;

/** The socket door to runs: authenticates on connect, answers subscriptions, forwards events. */
@WebSocketGateway({ namespace: '/executions' })
export class ExecutionsGateway implements OnGatewayConnection, OnGatewayDisconnect, OnApplicationShutdown {
  private readonly sessions = new Map<string, SocketSession>();

  constructor(
    private readonly principals: PrincipalService,
    private readonly follower: SocketFollower,
    private readonly watchers: Watchers,
  ) {}

  /** Refuses unknown callers before anything can be asked; the socket learns the code and why. */
  afterInit(namespace: { use(check: (socket: Socket, next: (error?: Error) => void) => void): void }): void {
    namespace.use((socket, next) => {
      this.admit(socket as ExecutionSocket).then(
        () => next(),
        (error: unknown) => next(refusal(error)),
      );
    });
  }

  handleConnection(socket: Socket): void {
    const session = new SocketSession(socket as ExecutionSocket, this.follower);
    this.sessions.set(socket.id, session);
    socket.once('disconnect', this.watchers.add(session));
  }

  handleDisconnect(socket: Socket): void {
    this.sessions.get(socket.id)?.close();
    this.sessions.delete(socket.id);
  }

  /** Not before: while running work ends, its watchers still hear of it. */
  onApplicationShutdown(): void {
    for (const session of this.sessions.values()) session.close();
  }

  @SubscribeMessage('subscribe')
  subscribe(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown): Promise<SubscribeAnswer> {
    return this.session(socket).subscribe(message);
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown): SubscribeAnswer {
    return this.session(socket).unsubscribe(message);
  }

  @SubscribeMessage('subscribe-org')
  subscribeOrg(@ConnectedSocket() socket: Socket): SubscribeAnswer {
    return this.session(socket).subscribeOrg();
  }

  private session(socket: Socket): SocketSession {
    const session = this.sessions.get(socket.id);
    if (!session) throw new Error('A message came from a socket that never connected.');
    return session;
  }

  private async admit(socket: ExecutionSocket): Promise<void> {
    if (this.watchers.isDraining) throw new ShuttingDownError();
    if (this.sessions.size >= MAX_SOCKETS) throw new Error('too many sockets');
    const { token, orgId } = socket.handshake.auth as { token?: unknown; orgId?: unknown };
    socket.data.principal = await this.principals.authenticate(
      typeof token === 'string' ? token : '',
      typeof orgId === 'string' ? orgId : undefined,
    );
  }
}

/** Refuses a socket that would lose its server at once; its client tries again, and elsewhere if there is one. */
class ShuttingDownError extends Error {
  readonly code = 'server.draining';
}

/** What a refused handshake may know. */
function refusal(error: unknown): Error {
  if (error instanceof ShuttingDownError) {
    return Object.assign(new Error('This server is shutting down: connect again.'), { data: { code: error.code } });
  }
  const code = (error as { code?: string }).code ?? 'auth.required';
  return Object.assign(new Error('Sign in or send an API key as auth.token.'), { data: { code } });
}
