import {
  BookOpen,
  Bot,
  Braces,
  Circle,
  Code,
  Flag,
  Globe,
  Play,
  Repeat,
  Route,
  ShieldCheck,
  Sparkles,
  Split,
  Timer,
  Wrench,
  type LucideIcon,
} from 'lucide-react';

const KINDS: Record<string, { icon: LucideIcon; word: string }> = {
  start: { icon: Play, word: 'Start' },
  output: { icon: Flag, word: 'Output' },
  llm: { icon: Sparkles, word: 'Language model' },
  http: { icon: Globe, word: 'HTTP request' },
  transform: { icon: Braces, word: 'Transform' },
  condition: { icon: Split, word: 'Condition' },
  switch: { icon: Route, word: 'Switch' },
  agent: { icon: Bot, word: 'Agent' },
  tool: { icon: Wrench, word: 'Tool' },
  code: { icon: Code, word: 'Code' },
  delay: { icon: Timer, word: 'Delay' },
  map: { icon: Repeat, word: 'Map' },
  approval: { icon: ShieldCheck, word: 'Approval' },
  knowledge: { icon: BookOpen, word: 'Knowledge' },
};

/** What a kind of step is called; a kind that this page does not know keeps its own name. */
export function nodeKindWord(kind: string): string {
  return KINDS[kind]?.word ?? kind;
}

/** The icon of a kind of step. A word or the row's name stands beside it. */
export function NodeKindIcon({ kind, className }: { kind: string; className?: string }) {
  const Icon = KINDS[kind]?.icon ?? Circle;
  return <Icon aria-hidden className={className ?? 'text-muted size-4 shrink-0'} />;
}
