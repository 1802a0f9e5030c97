import { announceEvents } from '#webhooks';

const ENDED = `SELECT org_id, CASE status WHEN 'succeeded' THEN 'execution.succeeded' WHEN 'cancelled' THEN 'execution.cancelled'
           ELSE 'execution.failed' END AS type, id AS execution_id, NULL::uuid AS wait_id, NULL::json AS data
      FROM (SELECT id, org_id, status, parent_id FROM finished UNION ALL
            SELECT id, org_id, status, parent_id FROM inserted WHERE status IN ('succeeded', 'failed', 'cancelled', 'timed_out')) AS ended
     WHERE parent_id IS NULL`;

/** Waits that a person ends, or money. */
const ASKED = `SELECT org_id, CASE kind WHEN 'budget' THEN 'execution.held' ELSE 'execution.waiting' END, execution_id, id, NULL::json
      FROM opened WHERE state = 'open' AND kind IN ('approval', 'effect', 'budget')`;

/**
 * Tells endpoints of the runs of a batch that have ended or begun to wait. No parameters.
 * @param hasWaits whether the statement has a part `opened`
 */
export const eventParts = (hasWaits: boolean): string => `, announced AS (${announceEvents(
  hasWaits ? `${ENDED} UNION ALL ${ASKED}` : ENDED,
)}
)`;
