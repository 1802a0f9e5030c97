import { StepError } from './step-error.js';

it('reports a step error as it is, with its step', () => {
  const error = new StepError({ code: 'a.b', message: 'm', retryable: true });
  expect(error.toFailure('s')).toEqual({ code: 'a.b', message: 'm', retryable: true, stepId: 's' });
});
