import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';

/** What a route asks of its caller; a route without one is refused at start. `permission` is one of `#auth`'s. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'permission'; readonly permission: string };

export const ACCESS = 'agentflow:access';

/** Open to everyone, and reviewed as such. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, { kind: 'public' } satisfies Access);

/** Any signed-in person or key, whatever its role: one's own profile, one's own organisations. */
export const Authenticated = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'authenticated' } satisfies Access), ApiBearerAuth());
