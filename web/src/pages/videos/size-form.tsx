import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { TextField } from "../../components/text-field";
import { useTranslations } from "../../i18n";
import { safeLocalStorage } from "../../storage";

/** A positive integer of at most nine digits, with separators of thousands or without. */
export function parseCount(text: string | null): number | undefined {
  const digits = text?.replace(/[\s,]/g, "") ?? "";
  return /^\d{1,9}$/.test(digits) && Number(digits) > 0 ? Number(digits) : undefined;
}

type Props = {
  class: string;
  label?: string;
  /** The current number; without one, the last that was entered on the device. */
  subscribers?: number | undefined;
  onSubmit: (subscribers: number) => void;
  /** Follows the field. */
  children: ComponentChildren;
};

/** A form for the number of subscribers of the user's channel. */
export function SizeForm({ class: name, label, subscribers, onSubmit, children }: Props) {
  const { filters: t } = useTranslations();
  const initial = () => String(subscribers ?? safeLocalStorage.read("subscribers") ?? "");
  const [text, setText] = useState(initial);
  const [isInvalid, setInvalid] = useState(false);
  useEffect(() => {
    if (subscribers !== undefined) setText(String(subscribers));
  }, [subscribers]);
  return (
    <form
      class={name}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        const size = parseCount(text);
        setInvalid(size === undefined);
        if (size === undefined) return;
        safeLocalStorage.write("subscribers", String(size));
        onSubmit(size);
      }}
    >
      <TextField
        label={t.size}
        value={text}
        onChange={setText}
        inputMode="numeric"
        placeholder={t.sizePlaceholder}
        error={isInvalid ? t.sizeInvalid : undefined}
        maxLength={12}
      />
      {children}
    </form>
  );
}
