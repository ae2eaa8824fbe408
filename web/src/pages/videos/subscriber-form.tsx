import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { TextField } from "../../components/text-field";
import { MAX_SUBSCRIBERS, parseCount } from "../../format/numbers";
import { useTranslations } from "../../i18n";
import { safeLocalStorage } from "../../storage";

type Props = {
  class: string;
  label?: string;
  /** The current number; without one, the last that was entered on the device. */
  subscribers?: number | undefined;
  onSubmit: (subscribers: number) => void;
  /** Rendered after the field. */
  children: ComponentChildren;
};

/** A form for the number of subscribers of the user's channel. */
export function SubscriberForm({ class: name, label, subscribers, onSubmit, children }: Props) {
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
        const count = parseCount(text);
        const isValid = count !== undefined && count > 0 && count <= MAX_SUBSCRIBERS;
        setInvalid(!isValid);
        if (!isValid) return;
        safeLocalStorage.write("subscribers", String(count));
        onSubmit(count);
      }}
    >
      <TextField
        label={t.subscribers}
        value={text}
        onChange={setText}
        placeholder={t.subscribersPlaceholder}
        error={isInvalid ? t.subscribersInvalid : undefined}
        maxLength={20}
      />
      {children}
    </form>
  );
}
