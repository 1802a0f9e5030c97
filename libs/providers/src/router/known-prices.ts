import type { DatedPrice, ModelPrice, TokenRates } from './model-price.js';
import { PRICE_SNAPSHOT } from './price-snapshot.js';

/** What the bundled snapshot knows of a model. */
export interface KnownPrices {
  readonly contextWindow: number | null;
  /** Oldest first, at least one. */
  readonly prices: readonly DatedPrice[];
}

interface Entry extends KnownPrices {
  readonly id: string;
  readonly provider: string;
  readonly names: RegExp;
}

/** Names that were looked up; people write them, so the map is emptied before it grows large. */
const MOST_REMEMBERED = 2_000;
const remembered = new Map<string, KnownPrices | null>();
let entries: readonly Entry[] | undefined;

/** By `provider/model`: the model of that id, or else the one that goes by the name, such as a dated version. */
export function knownPrices(id: string): KnownPrices | null {
  const before = remembered.get(id);
  if (before !== undefined) return before;
  entries ??= PRICE_SNAPSHOT.trim().split('\n').map(parseLine);
  const provider = id.slice(0, id.indexOf('/'));
  const name = id.slice(provider.length + 1);
  const found =
    entries.find((entry) => entry.id === id) ??
    entries.find((entry) => entry.provider === provider && entry.names.test(name));
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(id, found ?? null);
  return found ?? null;
}

function parseLine(line: string): Entry {
  const [id, contextWindow, prices, names] = line.split(' | ', 4) as [string, string, string, string];
  const provider = id.slice(0, id.indexOf('/'));
  return {
    id,
    provider,
    names: new RegExp(`^(?:${names})`),
    contextWindow: contextWindow.trim() === '' ? null : Number(contextWindow),
    prices: prices.split(' ').map(parsePrice),
  };
}

function parsePrice(text: string): DatedPrice {
  const [date = '', rest = ''] = text.split('=');
  const [rates = '', long] = rest.split('>');
  const price: ModelPrice = parseRates(rates);
  const validFrom = date === '' ? null : date;
  if (long === undefined) return { ...price, validFrom };
  const [above, longRates = ''] = long.split(':');
  return { ...price, validFrom, longContext: { aboveInputTokens: Number(above), ...parseRates(longRates) } };
}

function parseRates(text: string): TokenRates {
  const [inputMicroUsd, cachedInputMicroUsd, outputMicroUsd] = text.split('/').map(Number) as [number, number, number];
  return { inputMicroUsd, cachedInputMicroUsd, outputMicroUsd };
}
