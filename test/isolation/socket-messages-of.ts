import { ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  GATEWAY_METADATA,
  GATEWAY_OPTIONS,
  MESSAGE_MAPPING_METADATA,
  MESSAGE_METADATA,
} from '@nestjs/websockets/constants.js';

export interface SocketMessage {
  readonly namespace: string;
  readonly name: string;
}

/** Every message that a gateway of the running application listens for. */
export function socketMessagesOf(app: NestExpressApplication): SocketMessage[] {
  return [...app.get(ModulesContainer).values()].flatMap(({ providers }) =>
    [...providers.values()].flatMap(({ metatype }) => {
      if (typeof metatype !== 'function' || !Reflect.hasMetadata(GATEWAY_METADATA, metatype)) return [];
      const { namespace = '/' } = Reflect.getMetadata(GATEWAY_OPTIONS, metatype) as { namespace?: string };
      const prototype = metatype.prototype as Record<string, unknown>;
      return Object.getOwnPropertyNames(prototype).flatMap((method) => {
        const handler = prototype[method];
        if (typeof handler !== 'function' || !Reflect.hasMetadata(MESSAGE_MAPPING_METADATA, handler)) return [];
        return [{ namespace, name: String(Reflect.getMetadata(MESSAGE_METADATA, handler)) }];
      });
    }),
  );
}
