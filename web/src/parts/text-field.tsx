import { useId } from "preact/hooks";

type Props = {
  label: string;
  value: string;
  change: (value: string) => void;
  problem?: string | undefined;
  hint?: string | undefined;
  type?: "text" | "date" | "password";
  placeholder?: string;
  inputMode?: "numeric" | "text";
  maxLength?: number;
  autocomplete?: "username" | "current-password" | "new-password" | "off";
};

/** A line to fill in, with its name, and what is wrong with it. */
export function TextField(props: Props) {
  const { label, value, change, problem, hint, type = "text", autocomplete = "off" } = props;
  const id = useId();
  const note = problem ?? hint;
  // The compiler wants to know which of them.
  const kind = { type } as { type: "text" };
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        {...kind}
        value={value}
        placeholder={props.placeholder}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onInput={(event) => change(event.currentTarget.value)}
      />
      {note && (
        <p id={`${id}-note`} class={problem ? "field-problem" : "field-hint"}>
          {note}
        </p>
      )}
    </div>
  );
}
