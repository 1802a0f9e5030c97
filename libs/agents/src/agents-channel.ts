/** Name of the live channel on which an organisation's agents are announced that were published, renamed or archived. */
export function agentsChannel(orgId: string): string {
  return `org-agents:${orgId}`;
}
