const TRIGGERS: Record<string, string> = {
  manual: 'By hand',
  api: 'API',
  chat: 'Chat',
  schedule: 'Schedule',
  webhook: 'Webhook',
  retry: 'Retry',
  fork: 'Fork',
  sample: 'Sample',
};

/** How a run came about, in words. */
export function triggerWord(trigger: string): string {
  return TRIGGERS[trigger] ?? trigger;
}
