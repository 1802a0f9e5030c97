const ENGLISH = `a about above after again all also am an and any are as at be because been before being below between both but by
can could did do does doing don't down during each few for from further had has have having he her here hers him his how i i'm
i've i'd if in into is isn't it it's its itself just me more most my no nor not now of off on once only or other our ours out
over own please same she should so some such than that the their theirs them then there these they this those through to too
under until up very was we we're were what when where which while who whom why will with would you your yours`;

const GERMAN = `aber alle als also am an auch auf aus bei beim bin bis bitte da damit dann das dass dem den denn der des die dies diese
diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es euch euer für gegen hab habe haben hat
hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ist ja jede jeder jetzt kann kein keine können lange man mein
meine meinem meinen meiner mich mir mit muss musste mussten konnte konnten wollte nach nicht noch nun nur ob oder ohne sein seine seinem seinen seiner sich sie sind
so soll sollte sondern sowie über um und uns unser unsere unter viel vom von vor war waren was wegen weil wenn wer werden wie
wieder wir wird wo wurde wurden zu zum zur`;

const ENGLISH_WORDS = new Set(ENGLISH.split(/\s+/));
const GERMAN_WORDS = new Set(GERMAN.split(/\s+/));

/** Words too common to mean anything, English and German together. */
export const STOP_WORDS: ReadonlySet<string> = new Set([...ENGLISH_WORDS, ...GERMAN_WORDS]);

/** German if it has more of the small German words than of the English ones. */
export function isGerman(words: readonly string[]): boolean {
  let balance = 0;
  for (const word of words) balance += Number(GERMAN_WORDS.has(word)) - Number(ENGLISH_WORDS.has(word));
  return balance > 0;
}
