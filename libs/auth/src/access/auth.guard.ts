import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { currentAmbient } from '#platform/context';
import { OrgContext } from '#tenancy';
import { ACCESS, type Access } from '../access.decorators.js';
import type { Permission } from '../permission.js';
import { authErrors } from '../auth.errors.js';
import { PrincipalService } from './principal.service.js';

/** Stands before every route: without a mark it is closed, with one it asks for what the mark says. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly principals: PrincipalService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets are authenticated once, at their handshake, by PrincipalService; a message has no header to look at.
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === undefined) throw authErrors.routeUnmarked();
    if (access.kind === 'public') return true;

    const request = context.switchToHttp().getRequest<Request>();
    const principal = await this.principals.authenticate(bearerToken(request), namedOrganisation(request));
    const ambient = currentAmbient();
    if (!ambient)
      throw new Error('There are no surroundings for this request. Call configureHttp(app, settings) first.');
    ambient.principal = principal;
    OrgContext.enter(principal.orgId);
    if (access.kind === 'permission' && !principal.permissions.has(access.permission as Permission)) {
      throw authErrors.permissionMissing(access.permission as Permission);
    }
    return true;
  }
}

function bearerToken({ headers: { authorization } }: Request): string {
  const [, token] = /^Bearer +([^\s]+)\s*$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) throw authErrors.required();
  return token;
}

function namedOrganisation({ headers }: Request): string | undefined {
  const named = headers['x-org-id'];
  return Array.isArray(named) ? named.join() : named;
}
