import type { Parameters } from './parameters';

export type SampleLanguage = 'curl' | 'TypeScript' | 'Python';

export const SAMPLE_LANGUAGES: readonly SampleLanguage[] = ['curl', 'TypeScript', 'Python'];

export interface SampleInput {
  origin: string;
  /** The agent's slug. */
  slug: string;
  message: string;
  parameters: Parameters;
}

/** The same question from a program: the official OpenAI clients, told nothing but our address. */
export function codeSample(language: SampleLanguage, input: SampleInput): string {
  return language === 'curl' ? curl(input) : language === 'TypeScript' ? typescript(input) : python(input);
}

function curl({ origin, ...input }: SampleInput): string {
  const body = JSON.stringify({ model: input.slug, messages: messagesOf(input), ...settingsOf(input) });
  return [
    `curl ${origin}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer $AGENTFLOW_API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    // A single quote ends the shell's text: it is put between two of them.
    `  -d '${body.replaceAll("'", `'"'"'`)}'`,
  ].join('\n');
}

function typescript({ origin, ...input }: SampleInput): string {
  const settings = Object.entries(settingsOf(input)).map(([name, value]) => `  ${name}: ${value},`);
  return [
    `import OpenAI from 'openai';`,
    ``,
    `const client = new OpenAI({ apiKey: process.env.AGENTFLOW_API_KEY, baseURL: ${JSON.stringify(`${origin}/v1`)} });`,
    `const answer = await client.chat.completions.create({`,
    `  model: ${JSON.stringify(input.slug)},`,
    `  messages: ${JSON.stringify(messagesOf(input))},`,
    ...settings,
    `});`,
    `console.log(answer.choices[0].message.content);`,
  ].join('\n');
}

function python({ origin, ...input }: SampleInput): string {
  const settings = Object.entries(settingsOf(input)).map(([name, value]) => `    ${name}=${value},`);
  return [
    `import os`,
    `from openai import OpenAI`,
    ``,
    `client = OpenAI(api_key=os.environ["AGENTFLOW_API_KEY"], base_url=${JSON.stringify(`${origin}/v1`)})`,
    `answer = client.chat.completions.create(`,
    `    model=${JSON.stringify(input.slug)},`,
    `    messages=${JSON.stringify(messagesOf(input))},`,
    ...settings,
    `)`,
    `print(answer.choices[0].message.content)`,
  ].join('\n');
}

const messagesOf = ({ message }: Pick<SampleInput, 'message'>) => [{ role: 'user', content: message || 'Hello' }];

function settingsOf({ parameters }: Pick<SampleInput, 'parameters'>): Record<string, number> {
  const settings = {
    temperature: parameters.temperature,
    top_p: parameters.topP,
    max_tokens: parameters.maxTokens,
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, Number(text)]])),
  );
}
