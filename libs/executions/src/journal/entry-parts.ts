import type { Payload } from '../payloads/payload.js';
import type { JournalEntry } from './journal-entry.js';

/** Large values of one entry beyond this are stored ahead of it: no statement grows without bound, and others get their turn between two. */
const PART_BYTES = 2 * 1024 * 1024;

/**
 * The entry in pieces that may be committed one after the other: everything that names a large value comes last, so that
 * nobody finds a reference to what is not there. Whatever is stored for nothing goes with its month.
 */
export function entryParts(entry: JournalEntry): JournalEntry[] {
  const { executionId, attempt, accept, payloads = [], ...rest } = entry;
  if (payloads.reduce((sum, { bytes }) => sum + bytes, 0) <= PART_BYTES) return [entry];
  const groups = groupsOf(payloads);
  const last = groups.pop();
  const ahead = groups.map((group, index): JournalEntry => ({
    executionId,
    attempt,
    ...(index === 0 && accept && { accept }),
    steps: [],
    logs: [],
    payloads: group,
  }));
  const isAccepted = ahead.length > 0;
  return [...ahead, { executionId, attempt, ...(!isAccepted && accept && { accept }), ...rest, payloads: last }];
}

function groupsOf(payloads: readonly Payload[]): Payload[][] {
  const groups: Payload[][] = [];
  let room = 0;
  for (const payload of payloads) {
    if (payload.bytes > room || groups.length === 0) {
      groups.push([]);
      room = PART_BYTES;
    }
    room -= payload.bytes;
    groups.at(-1)?.push(payload);
  }
  return groups;
}
