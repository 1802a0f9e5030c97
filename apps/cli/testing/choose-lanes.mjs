import { lanes } from './lanes.mjs';

/**
 * Reads `npm test -- [lane or group …] [pattern …]`: leading names choose lanes, the rest is handed to the runners as file patterns and options.
 * No name means every lane.
 */
export function chooseLanes(args) {
  const isName = (text) => lanes.some((lane) => lane.name === text || lane.group === text);
  const end = args.findIndex((text) => !isName(text));
  const names = end === -1 ? args : args.slice(0, end);
  return {
    chosen: lanes.filter((lane) => names.length === 0 || names.includes(lane.name) || names.includes(lane.group)),
    patterns: args.slice(names.length),
  };
}
