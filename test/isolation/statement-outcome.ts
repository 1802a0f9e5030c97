/** How a statement ended: refused with the code of Postgres, or what it gave. */
export type Outcome =
  | { readonly code: string }
  | { readonly rows: readonly unknown[] }
  | { readonly affected: number }
  | { readonly entity: true };

/** Runs it and tells, whichever of TypeORM's shapes the answer has. */
export async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return shapeOf(await run());
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { code: code ?? message };
  }
}

function shapeOf(answer: unknown): Outcome {
  if (Array.isArray(answer)) {
    const [rows, affected] = answer as unknown[];
    const isPair = answer.length === 2 && Array.isArray(rows) && typeof affected === 'number';
    return isPair ? { affected: affected } : { rows: answer };
  }
  const { affected } = (answer ?? {}) as { affected?: number };
  return typeof affected === 'number' ? { affected } : { entity: true };
}
