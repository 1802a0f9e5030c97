/** Where to go after signing in: only addresses within the dashboard, so that a link cannot send anybody elsewhere. */
export function returnAddress(asked: string | undefined): string {
  return asked && /^\/(?![/\\])/.test(asked) && !asked.startsWith('/sign-in') ? asked : '/';
}
