import { Toaster as Sonner } from 'sonner';
import { useThemePreference } from '@/shared/theme';

export { toast } from 'sonner';

/** Where toasts appear. They are only for what happened elsewhere; what happens here is shown where it happens. */
export function Toaster() {
  return (
    <Sonner
      theme={useThemePreference()}
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 'bg-raised text-text shadow-floating flex w-full items-start gap-2 rounded-lg border p-3 text-base',
          title: 'font-medium',
          description: 'text-muted text-sm',
        },
      }}
    />
  );
}
