import {
  Activity,
  Bot,
  CalendarClock,
  Cpu,
  Gauge,
  House,
  Inbox,
  KeyRound,
  MessageSquareText,
  MessagesSquare,
  ScrollText,
  Settings,
  Wrench,
} from 'lucide-react';

/** The places of the rail, in order. `keys` goes there from everywhere. */
export const places = [
  { to: '/', label: 'Home', icon: <House />, keys: 'g h', exact: true },
  { to: '/agents', label: 'Agents', icon: <Bot />, keys: 'g a', exact: false },
  { to: '/prompts', label: 'Prompts', icon: <ScrollText />, keys: 'g l', exact: false },
  { to: '/runs', label: 'Runs', icon: <Activity />, keys: 'g r', exact: false },
  { to: '/playground', label: 'Playground', icon: <MessageSquareText />, keys: 'g t', exact: false },
  { to: '/conversations', label: 'Conversations', icon: <MessagesSquare />, keys: 'g v', exact: false },
  { to: '/approvals', label: 'Approvals', icon: <Inbox />, keys: 'g p', exact: false },
  { to: '/schedules', label: 'Schedules', icon: <CalendarClock />, keys: 'g c', exact: false },
  { to: '/models', label: 'Models', icon: <Cpu />, keys: 'g m', exact: false },
  { to: '/tools', label: 'Tools', icon: <Wrench />, keys: 'g t', exact: false },
  { to: '/credentials', label: 'Credentials', icon: <KeyRound />, keys: 'g k', exact: false },
  { to: '/usage', label: 'Usage & limits', icon: <Gauge />, keys: 'g u', exact: false },
  { to: '/settings', label: 'Settings', icon: <Settings />, keys: 'g s', exact: false },
] as const;
