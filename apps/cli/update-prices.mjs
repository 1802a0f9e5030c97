/**
 * Writes libs/providers/src/router/price-snapshot.ts from the data of @pydantic/genai-prices: the language and
 * embedding models of the providers that we speak to. The package itself is not loaded by the application: it costs
 * some 80 ms and 20 MB.
 *
 *   node apps/cli/update-prices.mjs
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProvider } from '@pydantic/genai-prices';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const target = join(root, 'libs/providers/src/router/price-snapshot.ts');
const entry = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
const { version } = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8'));

const PROVIDERS = { openai: () => true, anthropic: () => true, google: (id) => /^(gemini|gemma)/.test(id) };
/** Not asked for text or vectors. */
const OTHER_MODELS =
  /audio|realtime|transcribe|tts|image|whisper|moderation|computer-use|live|vision|omni|search-preview/;

const microUsd = (usd) => Math.round(usd * 1_000_000);

function ratesAt(prices, tier) {
  const at = (price) => {
    if (price === undefined) return undefined;
    if (typeof price === 'number') return price;
    return tier === undefined ? price.base : (price.tiers.find(({ start }) => start === tier)?.price ?? price.base);
  };
  const input = at(prices.input_mtok);
  return [input, at(prices.cache_read_mtok) ?? input, at(prices.output_mtok) ?? 0].map(microUsd).join('/');
}

function priceText(prices) {
  const tiers = [prices.input_mtok, prices.output_mtok].flatMap((price) => price?.tiers ?? []);
  const starts = [...new Set(tiers.map(({ start }) => start))];
  if (starts.length > 1) throw new Error(`More than one tier: ${JSON.stringify(prices)}`);
  return ratesAt(prices) + (starts.length === 0 ? '' : `>${starts[0]}:${ratesAt(prices, starts[0])}`);
}

/** `date=rates`, oldest first; the first is without a date. Prices by the time of day are left out. */
function datedPrices(prices) {
  const list = Array.isArray(prices) ? prices : [{ prices }];
  return list
    .filter(({ constraint, prices: { input_mtok } }) => input_mtok !== undefined && constraint?.type !== 'time_of_date')
    .map(({ constraint, prices: rates }) => `${constraint?.start_date ?? ''}=${priceText(rates)}`)
    .join(' ');
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A pattern that is tried at the beginning of a model's name. */
function pattern(match) {
  if (match.equals !== undefined) return `${escaped(match.equals)}$`;
  if (match.starts_with !== undefined) return escaped(match.starts_with);
  if (match.contains !== undefined) return `.*${escaped(match.contains)}`;
  if (match.ends_with !== undefined) return `.*${escaped(match.ends_with)}$`;
  if (match.regex !== undefined) return match.regex.startsWith('^') ? match.regex.slice(1) : `.*${match.regex}`;
  if (match.or !== undefined) return `(?:${match.or.map(pattern).join('|')})`;
  if (match.and !== undefined) return match.and.map((part) => `(?=${pattern(part)})`).join('');
  throw new Error(`Unknown rule: ${JSON.stringify(match)}`);
}

const lines = [];
for (const [providerId, isOurs] of Object.entries(PROVIDERS)) {
  for (const { id, context_window: contextWindow, match, prices, deprecated } of findProvider({ providerId }).models) {
    if (deprecated || !isOurs(id) || OTHER_MODELS.test(id) || id.startsWith('ft:') || id.endsWith('-')) continue;
    const dated = datedPrices(prices);
    if (dated !== '') lines.push([`${providerId}/${id}`, contextWindow ?? '', dated, pattern(match)].join(' | '));
  }
}

const text = `/**
 * Models and their list prices, from @pydantic/genai-prices ${version} (MIT). Written by apps/cli/update-prices.mjs; do not edit.
 *
 * \`provider/model | context window | prices | pattern of the names that it goes by\`; a price is \`date=rates>tokens:rates\`:
 * from that day on, input/cached input/output in micro-USD per million tokens, and those for calls with a longer input.
 */
export const PRICE_SNAPSHOT = String.raw\`
${lines.join('\n')}
\`;
`;
await writeFile(target, text);
process.stdout.write(`${lines.length} models, ${text.length} bytes\n`);
