import type { ToolMessage } from '../../model/message.js';
import { answerFrom } from './answer.js';
import { isGerman } from './stop-words.js';
import { summarise } from './summarise.js';
import { contentStems, wordsOf, wordsOfName } from './words.js';

const MOST_FACTS = 8;
const LONGEST_FACT = 200;

/** Says what the tools found, in sentences where they found text and as facts where they found data. */
export function answerFromTools(request: string, results: readonly ToolMessage[]): string {
  return results.map((result) => answerFromTool(request, result)).join('\n');
}

function answerFromTool(request: string, result: ToolMessage): string {
  const german = isGerman(wordsOf(request));
  if (result.isError) {
    const failed = german ? `Das Werkzeug ${result.toolName} ist fehlgeschlagen` : `The tool ${result.toolName} failed`;
    return `${failed}: ${summarise(result.content, { sentences: 1 }) || result.content.slice(0, LONGEST_FACT)}`;
  }
  const data = parsed(result.content);
  const said = german ? `Laut ${result.toolName}` : `According to ${result.toolName}`;
  if (typeof data === 'object' && data !== null) {
    const facts = relevant(factsOf(data), request);
    return facts.length > 0 ? `${said}: ${facts.join(', ')}.` : `${said}: ${german ? 'kein Ergebnis' : 'no result'}.`;
  }
  const text = String(data).trim();
  if (text === '') return `${said}: ${german ? 'kein Ergebnis' : 'no result'}.`;
  return `${said}: ${text.length <= LONGEST_FACT ? text : (answerFrom(text, request) ?? summarise(text, { sentences: 2 }))}`;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}

/** `temperature: 18`, with the path in words for nested data. */
function factsOf(data: object, path: readonly string[] = [], facts: string[] = []): string[] {
  for (const [key, value] of Object.entries(data)) {
    if (facts.length >= 5 * MOST_FACTS) break;
    const here = Array.isArray(data) ? path : [...path, wordsOfName(key).join(' ')];
    if (typeof value === 'object' && value !== null) factsOf(value as object, here.slice(-2), facts);
    else if (value !== null && value !== '') {
      const said = String(value).slice(0, LONGEST_FACT);
      facts.push(here.length > 0 ? `${here.join(' ')}: ${said}` : said);
    }
  }
  return facts;
}

/** Those that share words with the request, if some do; else the first. */
function relevant(facts: readonly string[], request: string): string[] {
  const asked = new Set(contentStems(request));
  const matching = facts.filter((fact) => contentStems(fact).some((stem) => asked.has(stem)));
  const isSelective = matching.length > 0 && facts.length > MOST_FACTS;
  return (isSelective ? matching : facts).slice(0, MOST_FACTS);
}
