import type { Failure } from '@/shared/api/generated/schema';

/** What to do next, by the code of a failure: exact codes first, then what they begin with. */
const ADVICE: Record<string, string> = {
  'provider.unauthorized':
    'The model provider refused the key. Check the API key of the provider in the server settings, then retry.',
  'provider.forbidden':
    'The key is valid but may not use this model. Choose another model or ask the provider for access.',
  'provider.no_such_model':
    'This model is not available here. Choose one from the list in the step’s settings and publish a new version.',
  'provider.not_found':
    'The provider does not know this model or address. Check the model name and the base URL of the provider.',
  'provider.rate_limited':
    'The provider allows fewer requests than were sent. Retry in a minute, or give the step more attempts with a longer wait.',
  'provider.overloaded': 'The provider had too much to do. Retry in a few minutes, or give the step more attempts.',
  'provider.quota_exhausted':
    'The account at the provider has no credit left. Top it up or raise its limit, then retry.',
  'provider.content_filtered': 'The provider’s content filter stopped the answer. Change the prompt or the input.',
  'provider.context_length_exceeded':
    'Prompt and answer together are too long for this model. Shorten the input or choose a model with a larger context.',
  'provider.bad_request':
    'The provider did not accept the request. Compare “Prompt as sent” with what the model supports.',
  'provider.invalid_option':
    'A setting of the step is not supported by this model. Remove it and publish a new version.',
  'provider.refused_by_egress':
    'The address lies in a network that outbound requests may not reach. An operator can open it with EGRESS_ALLOW_CIDRS.',
  'provider.server_error':
    'The provider had a fault of its own. Retry; if it stays, look at the provider’s status page.',
  'provider.request_too_large': 'The request is larger than the provider takes. Shorten the input of the step.',
  'provider.reply_too_large': 'The answer is larger than can be kept. Ask for a shorter one or set “Longest answer”.',
  'model.answer_invalid':
    'The answer did not fit the answer schema. Make the prompt or the schema simpler, or allow more attempts.',
  'http.status':
    'The service answered with an error status. Open the step’s input to see the request and check address, headers and body.',
  'http.invalid_url': 'The address came out wrong. Check the URL and the values that the template puts into it.',
  'http.invalid_header': 'A header has a value that cannot be sent. Check what the template puts into it.',
  'egress.failed':
    'The service could not be reached. Check that it is up and its address is right, then retry; more tries in the step’s settings get over short outages.',
  'egress.timeout': 'The service did not answer in time. Retry, or raise the time limit in the step’s settings.',
  'egress.blocked':
    'The address lies in a network that outbound requests may not reach. An operator can open it with EGRESS_ALLOW_CIDRS.',
  'egress.too_large': 'The answer is larger than can be kept. Ask the service for less.',
  'egress.too_many_redirects':
    'The address leads from one to the next without end. Use the one where it should arrive.',
  'expression.failed':
    'The expression could not be worked out. Look at the step’s input: a value is missing or of another type than expected.',
  'template.failed': 'The template could not be filled. Check that the values it names exist at this point of the run.',
  'step.timeout':
    'The step took longer than its time limit. Raise the limit in the step’s settings or make its work smaller.',
  'step.output_invalid': 'What the step produced cannot be kept as JSON. Change what it returns.',
  'step.internal_error':
    'This is a fault in AgentFlow, not in your agent. Retry; if it stays, report it with the run id.',
  'run.timed_out': 'The run reached its time limit. Finished steps are kept: retry goes on from there.',
  'run.cancelled': 'Somebody cancelled the run. Retry goes on with the steps that had not finished.',
  'run.too_many_attempts':
    'The run lost its worker several times and was given up. If workers crash or run out of memory, mend that first, then retry.',
};

const ADVICE_BY_PREFIX: readonly (readonly [prefix: string, advice: string])[] = [
  [
    'run.limit_',
    'The run reached one of its limits. Make its work smaller, or raise the limit before you run it again.',
  ],
  ['run.', 'Run it again; if it ends the same way, look at the last events.'],
  [
    'provider.',
    'The model provider could not be used. Retry; if it stays, check the provider’s address, key and status.',
  ],
  ['http.', 'The request could not be made. Open the step’s input to see what was sent.'],
  ['schema.', 'A value does not fit its JSON Schema. Compare the step’s input with the schema.'],
  ['input.', 'The run’s input cannot be used as it is. Change it and run again.'],
];

/** What a person can do about a failure, in a sentence or two. */
export function failureAdvice(failure: Pick<Failure, 'code' | 'retryable'>): string {
  const exact = Object.hasOwn(ADVICE, failure.code) ? ADVICE[failure.code] : undefined;
  if (exact) return exact;
  const byPrefix = ADVICE_BY_PREFIX.find(([prefix]) => failure.code.startsWith(prefix));
  if (byPrefix) return byPrefix[1];
  return failure.retryable
    ? 'Trying again may help.'
    : 'Trying the same again will not help: change the input or the agent first.';
}
