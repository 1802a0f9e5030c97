import type { ResponseFormat } from '../model/response-format.js';

type JsonFormat = Extract<ResponseFormat, { type: 'json' }>;

/** The version is raised when the words change: answers depend on them. */
const JSON_INSTRUCTION = {
  version: 1,
  words: 'Answer with one JSON document and nothing else: no introduction, no explanation, no code fence.',
};

/** Asks in words for what a provider cannot enforce while generating; the answer is checked afterwards. */
export function jsonInstruction({ schema }: JsonFormat): string {
  const { words } = JSON_INSTRUCTION;
  return schema ? `${words} It must satisfy this JSON Schema:\n${JSON.stringify(schema)}` : words;
}
