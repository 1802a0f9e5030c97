import { Socket } from 'node:net';

/** An address that a socket of this process has tried to connect to. */
export interface ConnectionAttempt {
  readonly address: string;
  readonly port: number;
}

/** Notes every connection that this process tries, whoever opens it and with whatever library: all of them end in `Socket.connect`. */
export class ConnectionLog {
  readonly attempts: ConnectionAttempt[] = [];

  private constructor(private readonly restore: () => void) {}

  static begin(): ConnectionLog {
    const original = Reflect.get(Socket.prototype, 'connect') as (...given: unknown[]) => Socket;
    const log = new ConnectionLog(() => void Reflect.set(Socket.prototype, 'connect', original));
    Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...given: unknown[]): Socket {
      this.on('connectionAttempt', (address: string, port: number) => void log.attempts.push({ address, port }));
      return original.apply(this, given);
    });
    return log;
  }

  end(): void {
    this.restore();
  }
}
