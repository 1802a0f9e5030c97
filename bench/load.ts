import autocannon from 'autocannon';

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
}

/** Keeps `clients` requests under way for `seconds`. @throws Error when anything but 2xx came back */
export async function load(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  clients: number,
  seconds: number,
): Promise<Load> {
  const options = {
    url,
    headers: { ...headers },
    body: JSON.stringify(body),
    method: 'POST' as const,
    connections: clients,
  };
  await autocannon({ ...options, duration: Math.min(2, seconds) });
  const result = await autocannon({ ...options, duration: seconds });
  if (result.non2xx + result.errors + result.timeouts > 0) {
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed, ${result.timeouts} timed out.`);
  }
  return { perSecond: result['2xx'] / result.duration, p50: result.latency.p50 };
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 50);
}

export function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length * percent) / 100)] ?? sorted.at(-1) ?? Number.NaN;
}
