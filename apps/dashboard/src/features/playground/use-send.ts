import { useMutation, useQueryClient } from '@tanstack/react-query';
import { chatSend } from '@/shared/api/generated/operations';
import type { ChatAnswer } from '@/shared/api/generated/schema';
import { CONVERSATIONS } from './chat-queries';
import { overridesOf, type Parameters } from './parameters';

export interface WhatToSay {
  agentId: string;
  version: number | undefined;
  conversationId: string | undefined;
  message: string;
  parameters: Parameters;
}

/** Says something; the server names the turn's run at once, which is then followed live. */
export function useSend(onTaken: (answer: ChatAnswer) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ agentId, version, conversationId, message, parameters }: WhatToSay) =>
      chatSend({
        body: {
          ...(conversationId === undefined ? { agentId, version } : { conversationId }),
          message,
          overrides: overridesOf(parameters),
          waitSeconds: 0,
        },
      }),
    onSuccess: async (answer) => {
      onTaken(answer);
      await queryClient.invalidateQueries({ queryKey: CONVERSATIONS });
    },
  });
}
