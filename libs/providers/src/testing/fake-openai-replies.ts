import type { FakeOpenAiServerOptions, FakeToolCall } from './fake-openai-server.js';

export interface ReplyBytes {
  /** The reply that is not streamed. */
  readonly whole: Buffer;
  /** All events of the stream. */
  readonly stream: Buffer;
  /** Where in `stream` the opening and then each token ends; what follows the last is the ending. */
  readonly ends: readonly number[];
}

const ENVELOPE = {
  id: 'chatcmpl-fake',
  created: 1_767_225_600,
  model: 'gpt-4o-mini-2024-07-18',
  system_fingerprint: 'fp_fake',
};
const PROMPT_TOKENS = 20;
const DEFAULT_TOKENS = 50;
const WORDS = ['The', ' quick', ' brown', ' fox', ' jumps', ' over', ' the', ' lazy', ' dog', '.'];
const rendered = new WeakMap<FakeOpenAiServerOptions, ReplyBytes>();

/** What to answer a request with; rendered once unless it depends on the request. */
export function replyBytes(body: string, options: FakeOpenAiServerOptions): ReplyBytes {
  const toolCalls = toolCallsFor(body, options);
  if (toolCalls.length > 0) return renderToolCalls(toolCalls);
  if (typeof options.text === 'function')
    return renderText(tokensOf(options.text(JSON.parse(body) as Record<string, unknown>)));
  const known = rendered.get(options);
  if (known) return known;
  const tokens =
    options.text === undefined
      ? Array.from({ length: options.tokenCount ?? DEFAULT_TOKENS }, (_, at) => WORDS[at % WORDS.length]!)
      : tokensOf(options.text);
  const reply = renderText(tokens);
  rendered.set(options, reply);
  return reply;
}

function toolCallsFor(body: string, { toolCalls = [] }: FakeOpenAiServerOptions): readonly FakeToolCall[] {
  if (!body.includes('"tools"')) return [];
  if (typeof toolCalls === 'function') return toolCalls(JSON.parse(body) as Record<string, unknown>);
  return /"role"\s*:\s*"tool"/.test(body) ? [] : toolCalls;
}

function tokensOf(text: string): string[] {
  return text.match(/\s*\S{1,6}/g) ?? [text];
}

function renderText(tokens: readonly string[]): ReplyBytes {
  const events = [
    event({ role: 'assistant', content: '', refusal: null }),
    ...tokens.map((content) => event({ content })),
  ];
  const message = { role: 'assistant', content: tokens.join(''), refusal: null, annotations: [] };
  return render(events, message, 'stop', tokens.length);
}

function renderToolCalls(calls: readonly FakeToolCall[]): ReplyBytes {
  const toolCalls = calls.map((call, index) => ({
    id: `call_fake_${index}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
  const events = toolCalls.flatMap((call, index) => [
    event({ tool_calls: [{ index, ...call, function: { name: call.function.name, arguments: '' } }] }),
    ...(call.function.arguments.match(/.{1,8}/gs) ?? []).map((part) =>
      event({ tool_calls: [{ index, function: { arguments: part } }] }),
    ),
  ]);
  const message = { role: 'assistant', content: null, tool_calls: toolCalls, refusal: null };
  return render([event({ role: 'assistant', content: null }), ...events], message, 'tool_calls', events.length);
}

function render(
  events: readonly string[],
  message: object,
  finishReason: string,
  completionTokens: number,
): ReplyBytes {
  const usage = {
    prompt_tokens: PROMPT_TOKENS,
    completion_tokens: completionTokens,
    total_tokens: PROMPT_TOKENS + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
  const ending = [
    data({
      ...ENVELOPE,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: finishReason }],
      usage: null,
    }),
    data({ ...ENVELOPE, object: 'chat.completion.chunk', choices: [], usage }),
    'data: [DONE]\n\n',
  ];
  let end = 0;
  return {
    whole: Buffer.from(
      JSON.stringify({
        ...ENVELOPE,
        object: 'chat.completion',
        choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
        usage,
      }),
    ),
    stream: Buffer.from([...events, ...ending].join('')),
    ends: events.map((text) => (end += Buffer.byteLength(text))),
  };
}

function event(delta: object): string {
  return data({
    ...ENVELOPE,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null }],
    usage: null,
  });
}

function data(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
