import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ACCESS, type Access, ROOT_PATHS } from '#platform/http';

/** One door of the running application, as its router knows it. */
export interface Route {
  readonly method: string;
  /** With `:name` for parameters, for example `/api/v1/agents/:id`. */
  readonly path: string;
  /** `Class.method`; null for what is served outside of a controller. */
  readonly handler: string | null;
  /** What its mark asks of the caller; null when there is none, or no controller. */
  readonly access: Access | null;
}

interface Handler {
  readonly name: string;
  readonly method: string;
  /** Without the global prefix. */
  readonly path: string;
  readonly access: Access | null;
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** Middleware of Nest for "every path" stands in the router as a route for every method. */
const METHODS_OF_A_DOOR = 8;

/**
 * Every route of the application, read from Express itself, so that no route can stay out of it.
 * @throws Error for a route that answers every method and belongs to no controller
 */
export function routesOf(app: NestExpressApplication): Route[] {
  const handlers = handlersOf(app);
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: readonly Layer[] } };
  return flatten(router.stack).flatMap(({ route }) => {
    if (!route) return [];
    const methods = Object.keys(route.methods).map((method) => method.toUpperCase());
    const all = methods.includes('_ALL') || methods.length > METHODS_OF_A_DOOR;
    return (all ? ['ALL'] : methods).flatMap((method) => {
      const handler = handlers.find((each) => each.method === method && belongs(each.path, route.path));
      if (all && !handler) return refuseUnknownMiddleware(route.path);
      return [{ method, path: route.path, handler: handler?.name ?? null, access: handler?.access ?? null }];
    });
  });
}

function flatten(layers: readonly Layer[]): Layer[] {
  return layers.flatMap((layer) => [layer, ...flatten(layer.handle.stack ?? [])]);
}

/** Nest mounts middleware at the prefix, at each path outside of it and everywhere; those call `next` and are no doors. */
function refuseUnknownMiddleware(path: string): [] {
  const known = ['*path', '/api/v1', ...ROOT_PATHS.map((root) => (root === '/' ? root : `/${root}`))];
  if (known.includes(path)) return [];
  throw new Error(
    `${path} answers every method and belongs to no controller. Make it a controller's route, so that the guard stands before it.`,
  );
}

function handlersOf(app: NestExpressApplication): Handler[] {
  return [...app.get(ModulesContainer).values()].flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, unknown>;
      return Object.getOwnPropertyNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
        const parts = [metatype, handler].map((each) => String(Reflect.getMetadata(PATH_METADATA, each) ?? ''));
        const access = [handler, metatype].map((each) => Reflect.getMetadata(ACCESS, each) as Access | undefined);
        return [
          {
            name: `${metatype.name}.${name}`,
            method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod] ?? '',
            path: `/${parts
              .flatMap((part) => part.split('/'))
              .filter(Boolean)
              .join('/')}`,
            access: access.find((each) => each !== undefined) ?? null,
          },
        ];
      });
    }),
  );
}

function belongs(declared: string, registered: string): boolean {
  return registered === declared || registered === `/api/v1${declared}`;
}
