import { useId } from "preact/hooks";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  type?: "text" | "password";
  placeholder?: string;
  maxLength?: number;
  autocomplete?: "username" | "current-password" | "new-password" | "off";
};

/** A text input with a label and an error message or a hint. */
export function TextField(props: Props) {
  const { label, value, onChange, error, hint, type = "text", autocomplete = "off" } = props;
  const id = useId();
  const note = error ?? hint;
  // The types of JSX require a literal.
  const typeProps = { type } as { type: "text" };
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        {...typeProps}
        value={value}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {note && (
        <p id={`${id}-note`} class={error ? "field-error" : "field-hint"}>
          {note}
        </p>
      )}
    </div>
  );
}
