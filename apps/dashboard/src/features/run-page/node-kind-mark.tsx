import {
  BookOpen,
  Bot,
  BotMessageSquare,
  Braces,
  Circle,
  Code,
  Clock,
  Flag,
  GitFork,
  GitMerge,
  Globe,
  ListChecks,
  Play,
  Radio,
  Repeat,
  Route,
  Sparkles,
  Split,
  Tags,
  UserCheck,
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
  agent: { icon: BotMessageSquare, word: 'Agent' },
  'sub-agent': { icon: Bot, word: 'Sub-agent' },
  tool: { icon: Wrench, word: 'Tool' },
  code: { icon: Code, word: 'Code' },
  delay: { icon: Clock, word: 'Delay' },
  'wait-for-event': { icon: Radio, word: 'Wait for an event' },
  approval: { icon: UserCheck, word: 'Approval' },
  map: { icon: ListChecks, word: 'Map' },
  loop: { icon: Repeat, word: 'Loop' },
  parallel: { icon: GitFork, word: 'Parallel' },
  join: { icon: GitMerge, word: 'Join' },
  classify: { icon: Tags, word: 'Classify' },
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
