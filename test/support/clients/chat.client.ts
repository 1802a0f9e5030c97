import type { Wait } from './executions.client.js';
import type { Answer, HttpClient } from './http-client.js';

export interface ChatMessage {
  readonly id: string;
  readonly turn: number;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly state: string;
  readonly executionId: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly simulated: boolean;
}

export interface ChatAnswer {
  readonly conversationId: string;
  readonly executionId: string | null;
  readonly message: ChatMessage;
  readonly answer: ChatMessage | null;
  /** What the turn asks somebody before it goes on. */
  readonly waits: readonly Wait[];
}

export interface Conversation {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly title: string;
  readonly turns: number;
  readonly summary: string | null;
  readonly expiresAt: string | null;
}

export interface ChatRequest {
  readonly agentId?: string;
  readonly conversationId?: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** Talking to agents over REST. */
export class ChatClient {
  constructor(private readonly http: HttpClient) {}

  send(body: ChatRequest, key?: string): Promise<Answer<ChatAnswer>> {
    return this.http.send('POST', '/agent/chat', body, key === undefined ? {} : { 'idempotency-key': key });
  }

  /** @throws Error unless the turn was over with it */
  async say(body: ChatRequest): Promise<ChatAnswer> {
    const { status, body: answer, text } = await this.send(body);
    if (status !== 200) throw new Error(`The message was answered ${status}: ${text}`);
    return answer;
  }

  /** Oldest first. */
  async messages(conversationId: string): Promise<ChatMessage[]> {
    const page = await this.http.ask<{ data: ChatMessage[] }>(
      'GET',
      `/conversations/${conversationId}/messages?limit=100`,
    );
    return page.data.reverse();
  }

  conversation(id: string): Promise<Conversation> {
    return this.http.ask('GET', `/conversations/${id}`);
  }
}
