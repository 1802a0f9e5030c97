import { isGerman } from './stop-words.js';
import { wordsOf } from './words.js';

/** What to say to an instruction that comes without a text. */
export function noText(request: string): string {
  return isGerman(wordsOf(request))
    ? 'Es gibt keinen Text dazu: Der Prompt enthält eine Anweisung, aber nichts, worauf sie sich bezieht.'
    : 'There is no text to work on: the prompt has an instruction, but nothing for it to be about.';
}

/** What to say when asked for something that takes a neural model: what this is, and what it can do. */
export function introduce(request: string): string {
  return isGerman(wordsOf(request))
    ? 'Ich bin das eingebaute Offline-Modell von AgentFlow, kein neuronales Modell. Ich kann Texte zusammenfassen, einordnen und durchsuchen, Angaben daraus in ein Schema übertragen und Werkzeuge auswählen, aber nichts frei formulieren. Für diese Anfrage braucht der Agent ein Modell eines Anbieters.'
    : "I am AgentFlow's built-in offline model, not a neural one. I can summarise, classify and search text that is given to me, extract its facts into a schema, and choose tools, but I cannot write freely. For this request the agent needs a provider's model.";
}
