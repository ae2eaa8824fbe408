import { useId } from "preact/hooks";
import { formatFullDate } from "../format/dates";
import { useLanguage } from "../i18n";
import { CalendarButton } from "./calendar";

type Props = {
  label: string;
  /** `YYYY-MM-DD`. */
  value: string;
  onChange: (value: string) => void;
  min: string;
  max: string;
  error?: string | undefined;
  hint?: string | undefined;
};

/** A date with a label and an error message or a hint, in the format of the language. */
export function DateField({ label, value, onChange, min, max, error, hint }: Props) {
  const language = useLanguage();
  const id = useId();
  const note = error ?? hint;
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <CalendarButton
        id={id}
        class="date-button"
        label={label}
        text={formatFullDate(value, language)}
        value={value}
        min={min}
        max={max}
        onSelect={onChange}
        describedBy={note && `${id}-note`}
      />
      {note && (
        <p id={`${id}-note`} class={error ? "field-error" : "field-hint"}>
          {note}
        </p>
      )}
    </div>
  );
}
