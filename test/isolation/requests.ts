import type { Route } from '../support/application-routes.js';
import type { Input } from './api-document.js';
import { bodyOf, pathParametersOf, queryOf } from './examples.js';
import type { Identity, OrganisationIds } from './organisation.js';
import { type RawAnswer, type RawRequest, send } from './raw-request.js';

/** The route's path with this organisation's ids in it; `foreign` gives other ids for some positions. */
export function pathFor(
  route: Route,
  own: OrganisationIds,
  foreign: { readonly ids: OrganisationIds; readonly positions: readonly number[] } = { ids: own, positions: [] },
): string {
  const segments = route.path.split('/');
  for (const { position, example } of pathParametersOf(route)) {
    const ids = foreign.positions.includes(position) ? foreign.ids : own;
    segments[position] = 'owned' in example ? example.owned(ids) : example.plain;
  }
  return segments.join('/');
}

/** An acceptable request of this organisation to that route. */
export function requestFor(route: Route, { body }: Input, ids: OrganisationIds): RawRequest {
  return {
    method: route.method,
    path: `${pathFor(route, ids)}${queryOf(route)}`,
    ...(body !== null && { body: JSON.stringify(bodyOf(body, ids, route)) }),
  };
}

/** Sent by somebody, perhaps on behalf of an organisation that is named. */
export function sendAs(url: string, { token }: Identity, request: RawRequest): Promise<RawAnswer> {
  return send(url, { ...request, token });
}

/** An answer without what two askers may differ in: the request's id, the time, and the ids that they sent themselves. */
export function comparable({ status, text }: RawAnswer, sent: OrganisationIds): string {
  let told = text
    .replace(/"(requestId|request_id)":"[^"]*"/, '"requestId":""')
    .replaceAll(/"lastUsedAt":("[^"]*"|null)/g, '"lastUsedAt":""');
  for (const id of Object.values(sent) as string[]) told = told.replaceAll(id, '<id>');
  return `${status} ${told}`;
}

export function codeOf({ text }: RawAnswer): string {
  const [, code = ''] = /"code":"([^"]*)"/.exec(text) ?? [];
  return code;
}
