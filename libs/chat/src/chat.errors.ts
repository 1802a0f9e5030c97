import { type AppError, conflict, invalid, notFound } from '#platform/errors';

export const conversationNotFound = (): AppError => notFound('conversation');

export const conversationBusy = (executionId: string | null): AppError =>
  conflict(
    'conversation.busy',
    `The agent is still answering the last message${executionId === null ? '' : ` (run ${executionId})`}. Wait for it, cancel it, or let the agent queue, interrupt or roll back (its chat settings).`,
    { retryable: true },
  );

export const tooManyQueued = (limit: number): AppError =>
  conflict('conversation.queue_full', `${limit} messages of this conversation wait for an answer already.`, {
    retryable: true,
  });

export const targetMissing = (): AppError =>
  invalid(
    'chat.no_target',
    'Say whom the message is for: agentId begins a conversation, conversationId goes on with one.',
    [{ pointer: '/agentId', code: 'required', message: 'Give agentId or conversationId, and not both.' }],
  );

export const reservedContext = (field: string): AppError =>
  invalid('chat.reserved_context', 'The context has a field that is the conversation’s own.', [
    {
      pointer: `/context/${field}`,
      code: 'reserved',
      message: `${field} is filled in by the conversation. Call yours otherwise.`,
    },
  ]);

export const contextTooLarge = (limit: number): AppError =>
  invalid('chat.context_too_large', 'The context is too large.', [
    { pointer: '/context', code: 'too_large', message: `It may have ${limit} bytes as JSON.` },
  ]);

export const sessionTooLarge = (limit: number): AppError =>
  invalid('chat.session_too_large', 'The session state is too large.', [
    { pointer: '/session', code: 'too_large', message: `It may have ${limit} bytes as JSON.` },
  ]);
