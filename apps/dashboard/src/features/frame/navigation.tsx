import { Activity, Bot, CalendarClock, House, Inbox, Settings } from 'lucide-react';

/** The places of the rail, in order. `keys` goes there from everywhere. */
export const places = [
  { to: '/', label: 'Home', icon: <House />, keys: 'g h', exact: true },
  { to: '/agents', label: 'Agents', icon: <Bot />, keys: 'g a', exact: false },
  { to: '/runs', label: 'Runs', icon: <Activity />, keys: 'g r', exact: false },
  { to: '/approvals', label: 'Approvals', icon: <Inbox />, keys: 'g p', exact: false },
  { to: '/schedules', label: 'Schedules', icon: <CalendarClock />, keys: 'g c', exact: false },
  { to: '/settings', label: 'Settings', icon: <Settings />, keys: 'g s', exact: false },
] as const;
