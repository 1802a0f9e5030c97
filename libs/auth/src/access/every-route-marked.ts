import { Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS } from '../access.decorators.js';

/** Refuses to start with a route that nobody decided about. */
@Injectable()
export class EveryRouteMarked implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    assertEveryRouteMarked(this.discovery, this.scanner, this.reflector);
  }
}

/** @throws Error that names each route without a mark, its class and method, and what to add */
export function assertEveryRouteMarked(
  discovery: DiscoveryService,
  scanner: MetadataScanner,
  reflector: Reflector,
): void {
  const open = discovery.getControllers().flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const prototype = metatype.prototype as Record<string, () => unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      if (reflector.getAllAndOverride<unknown>(ACCESS, [handler, metatype]) !== undefined) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
      const path = [metatype, handler]
        .map((target) => String(Reflect.getMetadata(PATH_METADATA, target) ?? ''))
        .join('/');
      return [
        `${method} ${path}: add @RequirePermission('…'), @Authenticated() or @Public() above ${metatype.name}.${name}().`,
      ];
    });
  });
  if (open.length > 0) throw new Error(`These routes say nothing about who may use them:\n${open.join('\n')}`);
}
