import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ToolSetStatus } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { STATUS_WORDS } from './tool-set-words';

const ICONS = { ready: <CircleCheck />, needs_review: <TriangleAlert />, unreachable: <CircleAlert /> };

/** How it stands with a set: a shape, a word and a colour. */
export function ToolSetStatusMark({ status }: { status: ToolSetStatus }) {
  const { text, tone } = STATUS_WORDS[status];
  return (
    <Badge tone={tone}>
      <span aria-hidden>{ICONS[status]}</span>
      {text}
    </Badge>
  );
}
