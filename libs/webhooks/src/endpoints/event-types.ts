/** What an endpoint can be told, and what each of it means to people. */
export const EVENT_TYPES = {
  'execution.succeeded': 'A run ended with an output. Runs that a step of another run started are not told of.',
  'execution.failed': 'A run failed or ran out of time. Runs that a step of another run started are not told of.',
  'execution.cancelled': 'A run was cancelled. Runs that a step of another run started are not told of.',
  'execution.waiting': 'A run waits for a person: an approval, a form, or word about an act whose outcome is unknown.',
  'execution.held': 'A step waits for money, because a budget has no room for its model call.',
  'agent.published': 'A version of an agent was published.',
  'endpoint.disabled': 'Another endpoint was switched off, because it kept failing or asked for no more.',
} as const;

export type EventType = keyof typeof EVENT_TYPES;

export const EVENT_TYPE_NAMES = Object.keys(EVENT_TYPES) as EventType[];

/** What an endpoint is sent when a person tries it; nobody chooses it. */
export const TEST_EVENT = 'endpoint.test';
