import { useNavigate } from '@tanstack/react-router';
import { useShortcut } from '@/shared/ui/shortcuts';

/** `g` and a letter: to the places of the rail. */
export function useGoTo(): void {
  const navigate = useNavigate();
  useShortcut('g h', () => void navigate({ to: '/' }), { label: 'Go home', group: 'Go to' });
  useShortcut('g a', () => void navigate({ to: '/agents' }), { label: 'Go to agents', group: 'Go to' });
  useShortcut('g r', () => void navigate({ to: '/runs' }), { label: 'Go to runs', group: 'Go to' });
  useShortcut('g p', () => void navigate({ to: '/approvals' }), { label: 'Go to approvals', group: 'Go to' });
  useShortcut('g m', () => void navigate({ to: '/models' }), { label: 'Go to models', group: 'Go to' });
  useShortcut('g t', () => void navigate({ to: '/tools' }), { label: 'Go to tools', group: 'Go to' });
  useShortcut('g k', () => void navigate({ to: '/credentials' }), { label: 'Go to credentials', group: 'Go to' });
  useShortcut('g s', () => void navigate({ to: '/settings' }), { label: 'Go to settings', group: 'Go to' });
}
