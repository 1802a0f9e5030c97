/** A UUIDv7 of this moment, as SQL: Postgres 15 has none of its own, and the ids of a list must sort by time. */
const NEW_ID = `overlay(gen_random_uuid()::text PLACING
         regexp_replace(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0'), '(.{8})(.{4})', '\\1-\\2-7') FROM 1 FOR 15)::uuid`;

/**
 * SQL that tells endpoints of events: belongs into the statement that makes them true, so that none is lost and none is
 * told that did not happen. Where an organisation has no endpoint, it costs a look at an index. `FOR KEY SHARE` waits
 * for somebody who deletes the endpoint at this moment, and passes it over then.
 * @param events a query with `org_id`, `type`, `execution_id`, `wait_id` and `data` (null: found out when it is sent)
 */
export const announceEvents = (events: string): string => `
  INSERT INTO endpoint_delivery (id, org_id, endpoint_id, type, execution_id, wait_id, data, origin, next_at)
  SELECT ${NEW_ID}, w.org_id, w.id, e.type, e.execution_id, e.wait_id, e.data, w.origin, now()
    FROM (${events}) AS e
    JOIN webhook_endpoint w ON w.org_id = e.org_id AND w.enabled AND e.type = ANY (w.events)
     FOR KEY SHARE OF w`;
