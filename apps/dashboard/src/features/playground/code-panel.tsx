import { useState } from 'react';
import { CopyButton } from '@/shared/ui/copy-button';
import { Select } from '@/shared/ui/select';
import { codeSample, SAMPLE_LANGUAGES, type SampleInput, type SampleLanguage } from './code-samples';

/** The last question as a program, ready to copy. */
export function CodePanel(input: Omit<SampleInput, 'origin'>) {
  const [language, setLanguage] = useState<SampleLanguage>('curl');
  const code = codeSample(language, { ...input, origin: location.origin });
  return (
    <section aria-label="As a program" className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <h2 className="flex-1 font-medium">Copy as</h2>
        <Select
          aria-label="Language"
          className="max-w-32"
          options={SAMPLE_LANGUAGES.map((value) => ({ value, label: value }))}
          value={language}
          onChange={(event) => setLanguage(event.target.value as SampleLanguage)}
        />
        <CopyButton text={code} label="code" size="md" />
      </div>
      <pre tabIndex={0} aria-label="Code" className="bg-sunken max-h-60 overflow-auto rounded-md border p-3 text-sm">
        {code}
      </pre>
    </section>
  );
}
