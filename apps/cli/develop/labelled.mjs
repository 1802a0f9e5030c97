import { createInterface } from 'node:readline';

/** Copies lines from `source` to `target`, each with the name of its tool in front. */
export function labelled(name, source, target) {
  createInterface({ input: source }).on('line', (line) => target.write(`${name.padEnd(9)} │ ${line}\n`));
}
