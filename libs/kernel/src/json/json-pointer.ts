/** Builds a JSON pointer (RFC 6901): `pointer('nodes', 2, 'config')` is `/nodes/2/config`. */
export function pointer(...segments: readonly PropertyKey[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
