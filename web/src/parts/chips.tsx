import { exact } from "../format/numbers";
import { useLanguage } from "../i18n/language";
import { to } from "../router/addresses";

type Props = { label: string; words: { name: string; value?: number }[] };

/** Keywords in a row. Each searches its keyword. */
export function Chips({ label, words }: Props) {
  const language = useLanguage();
  return (
    <ul class="chips" aria-label={label}>
      {words.map(({ name, value }) => (
        <li key={name}>
          <a class="chip" href={to.keyword(name)}>
            {name}
            {value !== undefined && <span class="chip-value">{exact(value, language)}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
