const TRIGGERS: Record<string, string> = {
  manual: 'By hand',
  api: 'API',
  agent: 'Another run',
  chat: 'Chat',
  schedule: 'Schedule',
  webhook: 'Webhook',
  retry: 'Retry',
  fork: 'Fork',
  sample: 'Sample',
};

/** How a run came about, with the name of the schedule or webhook that started it. */
export function runTrigger({ trigger, triggerName }: { trigger: string; triggerName: string | null }): string {
  return triggerName === null ? triggerWord(trigger) : `${triggerWord(trigger)}: ${triggerName}`;
}

/** How a run came about, in words. */
function triggerWord(trigger: string): string {
  return TRIGGERS[trigger] ?? trigger;
}
