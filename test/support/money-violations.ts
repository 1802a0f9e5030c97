/** Plain SQL over every organisation. */
export type Query = <R extends Record<string, unknown>>(sql: string, parameters?: unknown[]) => Promise<R[]>;

/**
 * I-06, whatever happened: `balance = sum(ledger)`, a prepaid balance is never below zero, what a budget says is reserved
 * is what open reservations add up to, and each reservation is closed at most once.
 * @param atRest nothing runs: every reservation must be settled or released
 * @returns one sentence for each violation
 */
export async function moneyViolations(query: Query, { atRest }: { readonly atRest: boolean }): Promise<string[]> {
  const found: string[] = [];
  for (const [rule, sql] of Object.entries(RULES)) {
    const rows = await query<Record<string, unknown>>(sql);
    found.push(...rows.slice(0, 5).map((row) => `I-06 ${rule}: ${JSON.stringify(row)}`));
  }
  if (!atRest) return found;
  const open = await query<Record<string, unknown>>(`SELECT * FROM reservation WHERE state = 'open'`);
  found.push(...open.slice(0, 5).map((row) => `I-06 a reservation is left open: ${JSON.stringify(row)}`));
  return found;
}

const RULES: Readonly<Record<string, string>> = {
  'the balance is not the sum of the ledger': `
    SELECT b.org_id, b.credited_micro_usd - b.spent_micro_usd - b.reserved_micro_usd AS balance, l.sum
      FROM budget b
      LEFT JOIN LATERAL (SELECT coalesce(sum(amount_micro_usd), 0) AS sum FROM ledger_entry l WHERE l.org_id = b.org_id) l ON true
     WHERE b.scope = 'balance' AND l.sum <> b.credited_micro_usd - b.spent_micro_usd - b.reserved_micro_usd`,
  'a prepaid balance is below zero': `
    SELECT b.* FROM budget b JOIN spending_limit s ON s.org_id = b.org_id AND s.prepaid
     WHERE b.scope = 'balance' AND b.credited_micro_usd - b.spent_micro_usd - b.reserved_micro_usd < 0`,
  'what is reserved is not what open reservations add up to': `
    SELECT b.org_id, b.scope, b.subject, b.starts_on, b.reserved_micro_usd, o.sum
      FROM budget b
      LEFT JOIN LATERAL (
        SELECT coalesce(sum(r.amount_micro_usd), 0) AS sum FROM reservation r
         WHERE r.org_id = b.org_id AND r.state = 'open'
           AND CASE b.scope
                 WHEN 'balance' THEN true
                 WHEN 'org_day' THEN r.day = b.starts_on
                 WHEN 'org_month' THEN date_trunc('month', r.day::timestamp)::date = b.starts_on
                 WHEN 'run' THEN r.in_run_budget AND r.budget_execution_id = b.subject
                 ELSE r.day = b.starts_on AND r.user_id = b.subject END) o ON true
     WHERE o.sum <> b.reserved_micro_usd`,
  'a reservation has not exactly one entry that opens and at most one that closes it': `
    SELECT r.id, r.state, count(*) FILTER (WHERE l.kind = 'reserve') AS opened,
           count(*) FILTER (WHERE l.kind IN ('settle', 'release')) AS closed
      FROM reservation r LEFT JOIN ledger_entry l ON l.reservation_id = r.id
     GROUP BY r.id, r.state
    HAVING count(*) FILTER (WHERE l.kind = 'reserve') <> 1
        OR count(*) FILTER (WHERE l.kind IN ('settle', 'release')) <> CASE r.state WHEN 'open' THEN 0 ELSE 1 END`,
  'a closed reservation does not add up': `
    SELECT r.id FROM reservation r JOIN ledger_entry l ON l.reservation_id = r.id
     WHERE r.state <> 'open'
     GROUP BY r.id, r.settled_micro_usd, r.shortfall_micro_usd
    HAVING sum(l.amount_micro_usd) <> -(coalesce(r.settled_micro_usd, 0) - r.shortfall_micro_usd)`,
};
