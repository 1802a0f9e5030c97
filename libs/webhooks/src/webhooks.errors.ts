import { type AppError, conflict, notFound } from '#platform/errors';

export const endpointNotFound = (): AppError => notFound('webhook_endpoint');

export const deliveryNotFound = (): AppError => notFound('endpoint_delivery');

export const tooManyEndpoints = (most: number): AppError =>
  conflict(
    'webhook_endpoint.too_many',
    `An organisation has at most ${most} webhook endpoints. Delete one that is not needed any more.`,
  );

export const endpointOff = (): AppError =>
  conflict('webhook_endpoint.off', 'This endpoint is switched off. Switch it on, then send again.');

export const deliveryUnderWay = (): AppError =>
  conflict('endpoint_delivery.under_way', 'It is being delivered at this moment. Look again in some seconds.');

export const tooManyDeliveryAttempts = (limit: number): AppError =>
  conflict('endpoint_delivery.too_many_attempts', `It was tried ${limit} times; it cannot be sent any more.`);
