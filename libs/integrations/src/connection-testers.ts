import { Injectable } from '@nestjs/common';

/** Finds out whether what is not a web service lets these fields in. @throws Error with a message for people when not */
export type ConnectionTester = (fields: Readonly<Record<string, string>>) => Promise<void>;

/** Tests of kinds whose protocol is another domain's to speak. Who speaks it registers them when it starts. */
@Injectable()
export class ConnectionTesters {
  private readonly byKind = new Map<string, ConnectionTester>();

  register(kind: string, tester: ConnectionTester): void {
    this.byKind.set(kind, tester);
  }

  find(kind: string): ConnectionTester | undefined {
    return this.byKind.get(kind);
  }
}
