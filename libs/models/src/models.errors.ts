import { AppError, forbidden, notFound } from '#platform/errors';

export const modelNotFound = (message: string): AppError => new AppError('not_found', 'model.not_found', message);

export const executionNotFound = (): AppError => notFound('execution');

/** An organisation's own decision, which a run of its cannot go round. */
export const modelNotAllowed = (model: string): AppError =>
  forbidden(
    'model.not_allowed',
    `Your organisation does not allow the model "${model}". Choose another one, or have it allowed on the page Models.`,
  );

export const priceUnknown = (model: string): AppError =>
  forbidden(
    'model.price_unknown',
    `Nobody knows what "${model}" costs, and your organisation refuses such models. Enter its price on the page Models, or choose another one.`,
  );

export const modelsChanged = (what: 'model' | 'model_policy'): AppError =>
  new AppError(
    'precondition_failed',
    `${what}.changed`,
    'This has changed since you read it. Read it again, apply your change to that, and save with its ETag.',
  );

export const tooManyModels = (most: number): AppError =>
  new AppError('invalid', 'model.too_many', `An organisation may say something about ${most} models at most.`, {
    errors: [{ pointer: '', code: 'too_many', message: `Reset one of the ${most} first.` }],
  });
