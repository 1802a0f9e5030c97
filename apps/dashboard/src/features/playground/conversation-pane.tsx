import { useInfiniteQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Message } from '@/shared/api/generated/schema';
import { NextPage } from '@/shared/ui/next-page';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { messagesQuery } from './chat-queries';
import { TurnView } from './message-view';

export interface ConversationPaneProps {
  conversationId: string;
  onRetry?: (message: string) => void;
}

/** What was said so far, oldest first; it stays at its end while that is in sight. */
export function ConversationPane({ conversationId, onRetry }: ConversationPaneProps) {
  const messages = useInfiniteQuery(messagesQuery(conversationId));
  const list = useRef<HTMLDivElement>(null);
  const turns = turnsOf(messages.data?.pages.flatMap((page) => page.data) ?? []);
  const newest = turns.at(-1)?.question.id;
  useEffect(() => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [newest]);
  if (messages.isPending) return <SkeletonRows label="messages" />;
  if (messages.isError && turns.length === 0)
    return (
      <ErrorState
        title="The conversation could not be loaded"
        error={messages.error}
        onRetry={() => void messages.refetch()}
      />
    );
  return (
    <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-6">
      <NextPage of={messages}>Earlier messages</NextPage>
      <ol aria-label="Conversation" className="flex flex-col gap-6">
        {turns.map(({ question, answer }) => (
          <TurnView key={question.id} question={question} answer={answer} onRetry={onRetry} />
        ))}
      </ol>
    </div>
  );
}

/** Before anything was said. */
export function NothingSaid({ agentName }: { agentName: string | undefined }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState icon={<MessagesSquare />} title={agentName ? `Talk to ${agentName}` : 'Choose an agent to talk to'}>
        Each message is a run: you see its words and tools as they come, and find it on the page Runs afterwards.
      </EmptyState>
    </div>
  );
}

/** Pairs of question and answer, oldest first, from messages that are newest first. */
export function turnsOf(messages: readonly Message[]): { question: Message; answer: Message | undefined }[] {
  const answers = new Map(messages.flatMap((each) => (each.role === 'assistant' ? [[each.turn, each] as const] : [])));
  return messages
    .filter(({ role }) => role === 'user')
    .map((question) => ({ question, answer: answers.get(question.turn) }))
    .reverse();
}
