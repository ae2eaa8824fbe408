import { useId } from "preact/hooks";

type Props = {
  label: string;
  value: string;
  /** Values and labels; the empty value is "unknown". */
  options: (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
};

/** A select with a label. */
export function SelectField({ label, value, options, onChange }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
